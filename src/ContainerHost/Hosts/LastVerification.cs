namespace ContainerHost.Hosts;

/// <summary>How the last verification of a host ended, and when (UTC).</summary>
public sealed record LastVerification(DateTimeOffset At, bool Passed);
