using ContainerHost.Files;
using ContainerHost.Machines;
using ContainerHost.Prerequisites.Probes;
using ContainerHost.Specification;

namespace ContainerHost.Prerequisites.Qemu;

/// <summary>Looks for a running QEMU machine of the same name that does not bear our mark.</summary>
internal sealed class RunningNameProbe(IHypervisor hypervisor, HostName name, HostFolder folder, string procDirectory)
    : IProbe
{
    public async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var ours = (await hypervisor.GetSpecAsync(folder, cancellationToken))?.InstanceId.ToString();
        var other = RunningQemu
            .List(procDirectory)
            .FirstOrDefault(machine =>
                string.Equals(machine.Name, name.Value, StringComparison.OrdinalIgnoreCase)
                && !string.Equals(machine.Uuid, ours, StringComparison.OrdinalIgnoreCase)
            );
        return other is null
            ? new Finding(true, "no other machine of that name runs")
            : new Finding(false, $"process {other.ProcessId} runs another QEMU machine named '{other.Name}'");
    }
}
