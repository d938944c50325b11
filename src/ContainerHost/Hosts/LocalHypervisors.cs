using ContainerHost.Machines;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>The hypervisors of this machine and, through it, of remote hosts: one object for each place, since they remember what they probed.</summary>
internal sealed class LocalHypervisors
{
    private readonly Dictionary<Provider, Func<HostSpec, IHypervisor>> _known = [];

    /// <summary>Adds a hypervisor: what of a spec says where it is, and how it is reached there.</summary>
    public LocalHypervisors With<TPlace>(
        Provider provider,
        Func<HostSpec, TPlace> where,
        Func<TPlace, IHypervisor> connect
    )
        where TPlace : notnull
    {
        var made = new Dictionary<TPlace, IHypervisor>();
        _known.Add(
            provider,
            spec =>
            {
                // The hosts of a lab ask at the same time.
                lock (made)
                {
                    var place = where(spec);
                    if (!made.TryGetValue(place, out var hypervisor))
                        made.Add(place, hypervisor = connect(place));
                    return hypervisor;
                }
            }
        );
        return this;
    }

    public IHypervisor For(HostSpec spec) => _known[spec.Provider](spec);
}
