namespace ContainerHost.Progress;

/// <summary>A host of a lab: how far it is, and how long it was worked on; null before it was begun.</summary>
public sealed record HostProgress(string Name, HostPhase Phase, TimeSpan? Elapsed);
