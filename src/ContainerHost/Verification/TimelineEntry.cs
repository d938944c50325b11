namespace ContainerHost.Verification;

/// <summary>One step of the host's provisioning: when it began (UTC), how long it took in milliseconds, and what was done.</summary>
public sealed record TimelineEntry(string Name, DateTimeOffset StartedAt, long DurationMs, string Note);
