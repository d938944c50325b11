using System.Security.Cryptography;

namespace ContainerHost.Media;

/// <summary>
/// Files with a known SHA-256, kept beside them as <c>sha256sum</c> writes it. The digest is believed while the file is older than its
/// record, and worked out again after any change.
/// </summary>
internal static class CheckedFile
{
    /// <summary>The file's SHA-256 in lower-case hex, or null without the file.</summary>
    public static async Task<string?> DigestOfAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return null;
        var record = RecordOf(path);
        if (File.Exists(record) && File.GetLastWriteTimeUtc(path) <= File.GetLastWriteTimeUtc(record))
            return (await File.ReadAllTextAsync(record, cancellationToken)).Split(' ')[0];
        return await RecordAsync(path, cancellationToken);
    }

    /// <summary>Works out the digest and keeps it beside the file.</summary>
    public static async Task<string> RecordAsync(string path, CancellationToken cancellationToken)
    {
        var digest = await ComputeAsync(path, cancellationToken);
        await Files.AtomicFile.WriteTextAsync(
            RecordOf(path),
            $"{digest}  {Path.GetFileName(path)}\n",
            cancellationToken
        );
        return digest;
    }

    /// <summary>Works out the digest and leaves nothing beside the file, which may be somebody else's.</summary>
    public static async Task<string> ComputeAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    private static string RecordOf(string path) => $"{path}.sha256";
}
