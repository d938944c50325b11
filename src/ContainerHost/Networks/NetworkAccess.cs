namespace ContainerHost.Networks;

/// <summary>How others are asked for files; the token comes from the environment and is never kept.</summary>
public sealed record NetworkAccess
{
    /// <summary>Where releases are published: GitHub by default, or a GitHub Enterprise Server that mirrors the repositories and has its API under <c>/api/v3/</c>.</summary>
    public Uri GitHubAddress { get; init; } = new("https://github.com/");

    /// <summary>A token (a secret), which raises GitHub's limit from 60 requests an hour to 5000; null for none.</summary>
    public string? GitHubToken { get; init; }

    /// <summary>A PEM file of authorities that are trusted beside this machine's own; null for none.</summary>
    public string? CaFile { get; init; }

    /// <summary>True to download nothing and use what was kept; false by default.</summary>
    public bool Offline { get; init; }

    /// <summary>Everything but the token.</summary>
    public override string ToString() => $"{GitHubAddress}{(Offline ? ", offline" : "")}";
}
