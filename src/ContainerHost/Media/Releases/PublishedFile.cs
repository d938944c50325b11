namespace ContainerHost.Media.Releases;

/// <summary>A file of a release as GitHub's REST API tells it ("asset").</summary>
internal sealed class PublishedFile
{
    public string Name { get; set; } = "";

    public long Size { get; set; }

    public string BrowserDownloadUrl { get; set; } = "";

    /// <summary>As <c>sha256:abc...</c>; GitHub has it for files uploaded since June 2025.</summary>
    public string? Digest { get; set; }
}
