using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ContainerHost.Proving.Archives;

/// <summary>Content that is known by its digest (OCI image specification, "Descriptors"), in an archive's folder of blobs.</summary>
internal static partial class Blob
{
    private const string Folder = "blobs/sha256/";

    /// <summary>The entry that a descriptor points to, which must be there and have the size that is told.</summary>
    public static string Entry(TarFile tar, Part descriptor)
    {
        var entry = Entry(descriptor["digest"].Text, descriptor.Place);
        if (!tar.Has(entry))
            throw new BadArchiveException(
                $"it lacks the blob {descriptor["digest"].Text}, to which its {descriptor.Place} points"
            );
        if (tar.SizeOf(entry) != descriptor["size"].Number)
            throw new BadArchiveException(
                $"its {entry} has {tar.SizeOf(entry)} bytes, not the {descriptor["size"].Number} that its {descriptor.Place} tells"
            );
        return entry;
    }

    public static string DigestOf(ReadOnlySpan<byte> content) =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    /// <summary>Refuses what is no SHA-256, the only digest that all runtimes know.</summary>
    public static string RequireDigest(string digest, string place) =>
        Digest().IsMatch(digest)
            ? digest
            : throw new BadArchiveException($"its {place} is '{digest}', not sha256: and 64 hexadecimal digits");

    /// <summary>The digest that an entry's name tells; null for another kind of name.</summary>
    public static string? DigestIn(string entry) =>
        Named().Match(entry) is { Success: true } match ? $"sha256:{match.Groups[1].Value}" : null;

    /// <summary>Works the digest of an entry out and refuses another than its name tells.</summary>
    public static void Check(TarFile tar, string entry, CancellationToken cancellationToken)
    {
        using var content = new CheckedStream(tar.Read(entry), long.MaxValue, entry, cancellationToken);
        if (DigestIn(entry) is { } told && content.Finish() is var found && found != told)
            throw new BadArchiveException($"its {entry} is damaged: it has the digest {found}");
    }

    private static string Entry(string digest, string place) =>
        $"{Folder}{RequireDigest(digest, $"{place}.digest")[7..]}";

    [GeneratedRegex("^sha256:[0-9a-f]{64}$")]
    private static partial Regex Digest();

    [GeneratedRegex(@"^blobs/sha256/([0-9a-f]{64})$")]
    private static partial Regex Named();
}
