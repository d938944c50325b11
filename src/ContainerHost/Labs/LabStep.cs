using ContainerHost.Specification;

namespace ContainerHost.Labs;

/// <summary>A line of a lab's plan: a host, what is done with it, and why, a sentence each.</summary>
public sealed record LabStep(HostName Name, LabAction Action, IReadOnlyList<string> Why);
