using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.Machines.HyperV;

/// <summary>The host's virtual switches, and the choice of one.</summary>
internal sealed class VirtualSwitches(HyperVHost host)
{
    // The Default Switch has the same GUID on every Windows, whatever the language calls it.
    private const string DefaultSwitch = "C08CB7B8-9B3C-408E-8E30-5E16A3AEB444";

    public async Task<IReadOnlyList<VirtualSwitch>> ListAsync(CancellationToken cancellationToken)
    {
        var switches = await host.Space.QueryAsync(WqlQuery.From("Msvm_VirtualEthernetSwitch"), cancellationToken);
        var ports = await host.Space.QueryAsync(
            WqlQuery.From("Msvm_EthernetPortAllocationSettingData"),
            cancellationToken
        );
        return
        [
            .. switches.Select(one => new VirtualSwitch(
                one.Text("ElementName"),
                KindOf(one.Text("Name"), ports),
                one.Stored
            )),
        ];
    }

    /// <summary>The switch of that name; without a name the only external one, else the Default Switch.</summary>
    /// <exception cref="PrerequisitesMissingException">None fits, or several do; the error lists those that are there.</exception>
    public async Task<VirtualSwitch> ChooseAsync(string? name, CancellationToken cancellationToken)
    {
        var all = await ListAsync(cancellationToken);
        var fitting = Fitting(all, name);
        if (fitting.Count == 1 && fitting[0].Kind != SwitchKind.Private)
            return fitting[0];
        var there = all.Count == 0 ? "the host has no virtual switch" : $"the host has {string.Join(", ", all)}";
        var (saw, advice) = (name, fitting.Count) switch
        {
            (null, 0) => (
                $"{there}, none of them external",
                "have one made with --create-switch-on ADAPTER, for which the host's network blinks, or name another with --switch."
            ),
            (null, _) => ($"{there}; several lead out", "name one of them with --switch."),
            (_, 0) => ($"there is no switch '{name}'; {there}", "name one of those with --switch."),
            (_, 1) => (
                $"{fitting[0]} leads to no host that could reach the guest",
                "name a switch that is external, internal or the Default Switch."
            ),
            _ => ($"{fitting.Count} switches are called '{name}'", "rename one of them (Rename-VMSwitch)."),
        };
        throw new PrerequisitesMissingException($"choose the virtual switch on {host.Space.Host}", saw, advice);
    }

    /// <summary>True when one switch or more would do, so that none needs to be made.</summary>
    public async Task<bool> CanChooseAsync(string? name, CancellationToken cancellationToken) =>
        Fitting(await ListAsync(cancellationToken), name).Count > 0;

    private static List<VirtualSwitch> Fitting(IReadOnlyList<VirtualSwitch> all, string? name)
    {
        if (name is not null)
            return [.. all.Where(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
        var external = all.Where(one => one.Kind == SwitchKind.External).ToList();
        return external.Count > 0 ? external : [.. all.Where(one => one.Kind == SwitchKind.Default)];
    }

    // The settings of a switch's own ports are named after the switch, and their resource is what the port leads to.
    private static SwitchKind KindOf(string id, IReadOnlyList<CimObject> ports)
    {
        if (id.Equals(DefaultSwitch, StringComparison.OrdinalIgnoreCase))
            return SwitchKind.Default;
        var leadsTo = ports
            .Where(port => port.Text("InstanceID").StartsWith($@"Microsoft:{id}\", StringComparison.OrdinalIgnoreCase))
            .SelectMany(port => port.Get<string[]>("HostResource") ?? [])
            .Select(resource => CimPath.TryParse(resource, out var path) ? path!.ClassName : "")
            .ToList();
        if (leadsTo.Any(name => name is "Msvm_ExternalEthernetPort" or "Msvm_WiFiPort"))
            return SwitchKind.External;
        return leadsTo.Contains("Msvm_ComputerSystem") ? SwitchKind.Internal : SwitchKind.Private;
    }
}
