using System.Security.Cryptography;

namespace Releasing;

/// <summary>A file of a release, under the name that it has there.</summary>
internal sealed record ReleaseFile(string Path, string Name, long Size, string Sha256)
{
    public static ReleaseFile Of(string path, string? name = null)
    {
        using var stream = File.OpenRead(path);
        return new ReleaseFile(
            path,
            name ?? System.IO.Path.GetFileName(path),
            stream.Length,
            Convert.ToHexStringLower(SHA256.HashData(stream))
        );
    }

    public bool IsPackage => Name.EndsWith(".nupkg", StringComparison.Ordinal);

    public bool IsSymbols => Name.EndsWith(".snupkg", StringComparison.Ordinal);
}
