using ContainerHost.Specification;

namespace ContainerHost.Labs;

/// <summary>A line of a lab's plan: a host, what is done with it, and why, a sentence each.</summary>
public sealed record LabStep(HostName Name, LabAction Action, IReadOnlyList<string> Why)
{
    /// <summary>The host that was looked at; null where there was none. What another run has made since is another.</summary>
    internal Guid? InstanceId { get; init; }
}
