namespace ContainerHost.Media.Downloads;

/// <summary>A file to fetch: from where, to where, the digest it must have, and its size in bytes where it is known.</summary>
public sealed record DownloadRequest(Uri Source, string Target, Digest Digest, long? Size = null)
{
    /// <summary>The source as it may be shown: without credentials.</summary>
    internal string Address { get; } = PublicAddress.Of(Source);
}
