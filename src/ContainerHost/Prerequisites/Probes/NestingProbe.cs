using ContainerHost.Machines;

namespace ContainerHost.Prerequisites.Probes;

/// <summary>Asks the hypervisor whether guests can have virtualisation of their own.</summary>
internal sealed class NestingProbe(IHypervisor hypervisor) : IProbe
{
    public async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var features = await hypervisor.GetFeaturesAsync(cancellationToken);
        return new Finding(features.NestedVirtualization, features.NestedReason);
    }
}
