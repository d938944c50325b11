using ContainerHost.Machines;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>The hypervisors of this machine and, through it, of remote Hyper-V hosts, one object each, since they remember what they probed.</summary>
internal sealed class LocalHypervisors(IHypervisor qemu, Func<HyperVSpec, IHypervisor> connect)
{
    private readonly Dictionary<HyperVSpec, IHypervisor> _hyperV = [];

    public IHypervisor For(HostSpec spec)
    {
        if (spec.Provider == Provider.Qemu)
            return qemu;
        var wanted = spec.HyperV ?? new HyperVSpec();
        if (!_hyperV.TryGetValue(wanted, out var hypervisor))
            _hyperV.Add(wanted, hypervisor = connect(wanted));
        return hypervisor;
    }
}
