using ContainerHost.Specification;

namespace ContainerHost.Labs;

/// <summary>What a lab file says: the lab's name, and its hosts in the file's order.</summary>
internal sealed record Lab(string File, HostName Name, IReadOnlyList<LabHost> Hosts);
