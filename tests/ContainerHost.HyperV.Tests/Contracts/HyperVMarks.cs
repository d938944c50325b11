using ContainerHost.Machines.HyperV;
using ContainerHost.Specification;

namespace ContainerHost.HyperV.Tests.Contracts;

/// <summary>Asks the real host which machines of a name there are, over a connection of its own.</summary>
internal sealed class HyperVMarks(HostSpec spec)
{
    public Task<IReadOnlyList<Guid?>> OfAsync(HostName name, CancellationToken cancellationToken) =>
        HyperVHypervisor
            .Connect(spec.HyperV!, password: null, TimeProvider.System)
            .Inspector.MarksOfAsync(name, cancellationToken);
}
