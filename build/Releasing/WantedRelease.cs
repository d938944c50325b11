namespace Releasing;

/// <summary>A release as it is to be on GitHub.</summary>
internal sealed record WantedRelease(
    string Tag,
    string Commit,
    string Notes,
    bool IsPrerelease,
    IReadOnlyList<ReleaseFile> Files
);
