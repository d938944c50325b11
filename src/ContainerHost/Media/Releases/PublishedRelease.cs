namespace ContainerHost.Media.Releases;

/// <summary>A release as GitHub's REST API tells it; Octokit fills it in by the names (its own model lacks the files' digests).</summary>
internal sealed class PublishedRelease
{
    public string TagName { get; set; } = "";

    public bool Draft { get; set; }

    public bool Prerelease { get; set; }

    public List<PublishedFile> Assets { get; set; } = [];
}

/// <summary>A file of a release as GitHub's REST API tells it ("asset").</summary>
internal sealed class PublishedFile
{
    public string Name { get; set; } = "";

    public long Size { get; set; }

    public string BrowserDownloadUrl { get; set; } = "";

    /// <summary>As <c>sha256:abc...</c>; GitHub has it for files uploaded since June 2025.</summary>
    public string? Digest { get; set; }
}
