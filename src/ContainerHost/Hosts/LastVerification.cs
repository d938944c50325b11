namespace ContainerHost.Hosts;

/// <summary>How the last verification of a host ended, and when (UTC).</summary>
public sealed record LastVerification(DateTimeOffset At, bool Passed)
{
    /// <summary>The ids of the host's other checks, which were not asked for; null where all were.</summary>
    public IReadOnlyList<string>? NotAsked { get; init; }
}
