namespace ContainerHost.Media.Releases;

/// <summary>How GitHub is asked.</summary>
public sealed record ReleaseOptions
{
    /// <summary>GitHub's address; another one is a GitHub Enterprise Server, whose API lies under <c>/api/v3/</c>.</summary>
    public Uri Address { get; init; } = new("https://github.com/");

    /// <summary>A token (a secret), which raises GitHub's limit from 60 requests an hour to 5000; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>True to ask nobody and use what was kept.</summary>
    public bool Offline { get; init; }

    /// <summary>Where answers are kept, so that asking again costs nothing while nothing changed.</summary>
    public required string CacheDirectory { get; init; }

    /// <summary>Everything but the token.</summary>
    public override string ToString() => $"{Address}{(Offline ? ", offline" : "")}";
}
