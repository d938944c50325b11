namespace Releasing;

/// <summary>A file of a release as GitHub's REST API tells it; Octokit fills it in by the names (its own model lacks the digest).</summary>
internal sealed class PublishedAsset
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public long Size { get; set; }

    /// <summary>"uploaded", or "starter" for what an upload that was cut left.</summary>
    public string State { get; set; } = "";

    /// <summary>As <c>sha256:abc...</c>; servers before June 2025 have none.</summary>
    public string? Digest { get; set; }

    /// <summary>True when this is the whole file.</summary>
    public bool Is(ReleaseFile file) =>
        State == "uploaded" && Size == file.Size && (Digest is null || Digest == $"sha256:{file.Sha256}");
}
