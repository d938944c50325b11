using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Settings;
using ContainerHost.Undoing;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.HyperV;

/// <summary>Makes an external switch that the host itself stays connected through. While it is made the host's network blinks.</summary>
internal sealed class SwitchCreation(HyperVHost host)
{
    private const string Service = "Msvm_VirtualEthernetSwitchManagementService";
    private const string DefaultName = "ContainerHost";
    private const string ByHand = "make it by hand (New-VMSwitch), and name it with --switch.";

    // Wireless adapters are of a class of their own.
    private static readonly string[] Adapters = ["Msvm_ExternalEthernetPort", "Msvm_WiFiPort"];

    /// <summary>Makes the switch on the adapter of that name.</summary>
    /// <exception cref="PrerequisitesMissingException">There is no such adapter, or it has a switch already; the error lists those that are free.</exception>
    public async Task<VirtualSwitch> RunAsync(
        string adapter,
        string? name,
        UndoStack undo,
        CancellationToken cancellationToken
    )
    {
        var port = await FindAdapterAsync(adapter, cancellationToken);
        var service = await host.OnlyAsync(Service, cancellationToken);
        name ??= DefaultName;
        undo.Push("the virtual switch", () => RemoveAsync(service, name));
        host.Tell($"making the external switch '{name}' on '{adapter}': the host's network blinks");
        var defaults = await new DefaultSettings(host).ReadAsync(ResourceKind.EthernetConnection, cancellationToken);
        var settings = new CimObject("Msvm_VirtualEthernetSwitchSettingData");
        var call = new CimCall(
            $"make the external switch '{name}'",
            service.Stored,
            "DefineSystem",
            CimProperty.Embedded("SystemSettings", settings.With(CimProperty.String("ElementName", name))),
            CimProperty.Embedded(
                "ResourceSettings",
                [External(defaults, port, name), Internal(defaults, port, service, name)]
            )
        )
        {
            Try = ByHand,
            CutsOff = true,
        };
        try
        {
            await host.CallAsync(call, machine: null, cancellationToken);
        }
        catch (CimCallException blink) when (blink.Failure is CimFailure.Unreachable or CimFailure.TimedOut)
        {
            // The answer was lost with the connection; whether the switch came is seen below.
        }
        var wait = new Wait($"the switch '{name}' is there", TimeLimits.HyperVBlink, ByHand);
        return await host.Poll.UntilAsync(wait, token => LookAsync(name, token), cancellationToken);
    }

    private async Task<Look<VirtualSwitch>> LookAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var switches = new VirtualSwitches(host);
            return await switches.CanChooseAsync(name, cancellationToken)
                ? Looks.Found(await switches.ChooseAsync(name, cancellationToken))
                : Looks.NotYet<VirtualSwitch>($"the host has no switch '{name}'");
        }
        catch (CimCallException unseen) when (unseen.Failure is CimFailure.Unreachable or CimFailure.TimedOut)
        {
            return Looks.NotYet<VirtualSwitch>(unseen.Saw);
        }
    }

    /// <summary>The adapter of that name, which has no switch yet.</summary>
    /// <exception cref="PrerequisitesMissingException">There is none; the error lists those that are free.</exception>
    public async Task<CimObject> FindAdapterAsync(string adapter, CancellationToken cancellationToken)
    {
        var ports = new List<CimObject>();
        foreach (var kind in Adapters)
            ports.AddRange(await host.Space.QueryAsync(WqlQuery.From(kind), cancellationToken));
        var free = ports.Where(one => !one.Get<bool>("IsBound")).ToList();
        var there = string.Join(", ", free.Select(one => $"'{one.Text("ElementName")}'"));
        return free.FirstOrDefault(one => one.Text("ElementName").Equals(adapter, StringComparison.OrdinalIgnoreCase))
            ?? throw new PrerequisitesMissingException(
                $"make an external switch on {host.Space.Host}",
                $"no free network adapter is called '{adapter}'; free are: {(there.Length == 0 ? "none" : there)}",
                "name one of those with --create-switch-on, as 'Get-NetAdapter' tells its InterfaceDescription."
            );
    }

    // A switch of that name was not there before, or none would have been made.
    private async Task RemoveAsync(CimObject service, string name)
    {
        var named = WqlQuery.From("Msvm_VirtualEthernetSwitch").Where("ElementName", name);
        foreach (var one in await host.Space.QueryAsync(named, CancellationToken.None))
        {
            var call = new CimCall(
                $"remove the switch '{name}'",
                service.Stored,
                "DestroySystem",
                CimProperty.Reference("AffectedSystem", one.Stored)
            );
            await host.CallAsync(call, machine: null, CancellationToken.None);
        }
    }

    // The port that leads to the adapter.
    private static CimObject External(CimObject defaults, CimObject adapter, string name) =>
        defaults.With(
            CimProperty.String("ElementName", $"{name}_External"),
            CimProperty.Strings("HostResource", adapter.Stored.ToString())
        );

    // The port that the host stays connected through, with the adapter's own address so that its leases stay valid.
    private static CimObject Internal(CimObject defaults, CimObject adapter, CimObject service, string name)
    {
        // The service runs on the host, and names it in its key, which is not localised.
        var host = VirtualMachines.PathOf(service.Text("SystemName")) with
        {
            Server = service.Stored.Server,
            Namespace = service.Stored.Namespace,
        };
        return defaults.With(
            // Windows calls the host's own adapter "vEthernet (NAME)" by it, as Microsoft's module has it.
            CimProperty.String("ElementName", name),
            CimProperty.Strings("HostResource", host.ToString()),
            CimProperty.String("Address", adapter.Text("PermanentAddress"))
        );
    }
}
