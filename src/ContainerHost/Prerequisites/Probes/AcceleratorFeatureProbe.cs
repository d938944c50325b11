using ContainerHost.Errors;
using ContainerHost.Machines;

namespace ContainerHost.Prerequisites.Probes;

/// <summary>Asks the hypervisor for its accelerator, which it proves by starting a guest. Slow ones are fine, and say why they are slow.</summary>
internal sealed class AcceleratorFeatureProbe(IHypervisor hypervisor) : IProbe
{
    public async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var features = await hypervisor.GetFeaturesAsync(cancellationToken);
            return new Finding(true, $"{features.Accelerator}: {features.AcceleratorReason}");
        }
        catch (PrerequisitesMissingException exception)
        {
            return new Finding(false, exception.Saw) { Fix = exception.Try };
        }
    }
}
