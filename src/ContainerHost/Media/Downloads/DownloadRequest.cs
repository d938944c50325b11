using System.Security.Cryptography;

namespace ContainerHost.Media.Downloads;

/// <summary>A file to fetch: from where, to where, the digest it must have, and its size in bytes where it is known.</summary>
internal sealed record DownloadRequest(Uri Source, string Target, Digest Digest, long? Size = null)
{
    /// <summary>The source as it may be shown: without credentials.</summary>
    internal string Address { get; } = PublicAddress.Of(Source);
}

/// <summary>A pinned digest: the algorithm and its value in lower-case hex.</summary>
internal sealed record Digest(HashAlgorithmName Algorithm, string Hex)
{
    /// <summary>A SHA-256.</summary>
    public static Digest Sha256(string hex) => new(HashAlgorithmName.SHA256, hex.ToLowerInvariant());

    /// <summary>A SHA-512.</summary>
    public static Digest Sha512(string hex) => new(HashAlgorithmName.SHA512, hex.ToLowerInvariant());

    /// <summary>As <c>SHA256 abc...</c>.</summary>
    public override string ToString() => $"{Algorithm} {Hex}";
}
