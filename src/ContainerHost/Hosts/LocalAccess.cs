namespace ContainerHost.Hosts;

/// <summary>How this machine reaches others; secrets come from the environment and are never kept.</summary>
public sealed record LocalAccess
{
    /// <summary>The password that goes with a remote Hyper-V host's user (a secret); null for none.</summary>
    public string? HyperVPassword { get; init; }

    /// <summary>Where releases are published; GitHub by default, or a GitHub Enterprise Server that mirrors the repositories.</summary>
    public Uri GitHubAddress { get; init; } = new("https://github.com/");

    /// <summary>A token for it (a secret); null for none.</summary>
    public string? GitHubToken { get; init; }

    /// <summary>True to download nothing and use the cache alone.</summary>
    public bool Offline { get; init; }

    /// <summary>Everything but the secrets.</summary>
    public override string ToString() => $"{GitHubAddress}{(Offline ? ", offline" : "")}";
}
