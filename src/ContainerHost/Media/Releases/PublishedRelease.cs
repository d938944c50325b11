namespace ContainerHost.Media.Releases;

/// <summary>A release as GitHub's REST API tells it; Octokit fills it in by the names (its own model lacks the files' digests).</summary>
internal sealed class PublishedRelease
{
    public string TagName { get; set; } = "";

    public bool Draft { get; set; }

    public bool Prerelease { get; set; }

    public List<PublishedFile> Assets { get; set; } = [];
}
