using ContainerHost.Specification;

namespace ContainerHost.Labs;

/// <summary>A host of a lab: made from nothing as its request says, or cloned from a template.</summary>
internal sealed record LabHost
{
    public required HostName Name { get; init; }

    /// <summary>The role that the file calls it by; its name without number.</summary>
    public required string Role { get; init; }

    /// <summary>The template that it is cloned from; null for one that is made from nothing.</summary>
    public HostName? From { get; init; }

    /// <summary>What is asked for by parameters, the name among them.</summary>
    public required HostRequest Request { get; init; }

    /// <summary>The hosts that must be there before this one is begun.</summary>
    public IReadOnlyList<HostName> Needs { get; init; } = [];

    /// <summary>What is run in its guest, once each, in this order.</summary>
    public IReadOnlyList<UserScript> Scripts { get; init; } = [];
}
