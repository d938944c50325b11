using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Machines;

/// <summary>What a running guest tells its host, bit by bit: heartbeat, readiness to shut down, addresses.</summary>
internal sealed class GuestReports(SimulatedHost host)
{
    private const ushort Ok = 2;
    private const ushort NoContact = 12;
    private const string Address = "192.0.2.17";
    private const string PrivateAddress = "10.77.0.11";
    private const string LinkLocal = "169.254.12.34";

    private static readonly string[] Components =
    [
        "Msvm_HeartbeatComponent",
        "Msvm_ShutdownComponent",
        "Msvm_KvpExchangeComponent",
        "Msvm_Keyboard",
    ];

    /// <summary>The devices that a machine has while it runs.</summary>
    public void Begin(SimulatedMachine machine)
    {
        foreach (var name in Components)
        {
            var device = new CimObject(name).With(
                CimProperty.String("SystemCreationClassName", "Msvm_ComputerSystem"),
                CimProperty.String("SystemName", machine.Id),
                CimProperty.String("CreationClassName", name),
                CimProperty.String("DeviceID", $@"Microsoft:{machine.Id}\{name}"),
                Status(NoContact)
            );
            host.Store.Relate("Msvm_SystemDevice", machine.System, host.Store.Put(device).Stored);
        }
        foreach (var port in Ports(machine))
        {
            var configuration = new CimObject("Msvm_GuestNetworkAdapterConfiguration").With(
                CimProperty.String("InstanceID", $"Microsoft:GuestNetwork\\{port.Text("InstanceID")}"),
                CimProperty.Strings("IPAddresses")
            );
            host.Store.Relate("Msvm_SettingDataComponent", port.Stored, host.Store.Put(configuration).Stored);
        }
    }

    public void Update(SimulatedMachine machine)
    {
        var ran = host.Time.GetUtcNow() - machine.StartedAt;
        if (ran >= host.Options.HeartbeatAfter)
            Change(machine, "Msvm_HeartbeatComponent", Status(Ok));
        if (ran < host.Options.AddressAfter)
            return;
        var address = host.Options.AddressIsLinkLocal ? LinkLocal : Address;
        var item = new CimObject("Msvm_KvpExchangeDataItem").With(
            CimProperty.String("Name", "NetworkAddressIPv4"),
            CimProperty.String("Data", Ports(machine).Any(IsPrivate) ? $"{PrivateAddress};{address}" : address)
        );
        Change(machine, "Msvm_KvpExchangeComponent", CimProperty.Embedded("GuestIntrinsicExchangeItems", [item]));
        if (host.Options.AddressByExchangeOnly)
            return;
        foreach (var port in Ports(machine))
        foreach (var one in ConfigurationsOf(port).ToList())
            host.Store.Change(
                one.Stored,
                CimProperty.Strings("IPAddresses", "fe80::1", IsPrivate(port) ? PrivateAddress : address)
            );
    }

    public void End(SimulatedMachine machine)
    {
        host.Store.Remove(host.Store.Related(machine.System, "Msvm_SystemDevice", "CIM_LogicalDevice"));
        host.Store.Remove(Configurations(machine));
    }

    private List<CimObject> Ports(SimulatedMachine machine) =>
        [.. host.Machines.PartsOf(machine, "Msvm_SyntheticEthernetPortSettingData")];

    private IEnumerable<CimObject> Configurations(SimulatedMachine machine) =>
        Ports(machine).SelectMany(ConfigurationsOf);

    private IEnumerable<CimObject> ConfigurationsOf(CimObject port) =>
        host.Store.Related(port.Stored, "Msvm_SettingDataComponent", "Msvm_GuestNetworkAdapterConfiguration");

    // On a switch without ports, so that only other machines are beside it.
    private static bool IsPrivate(CimObject port) => port.Get<bool>("StaticMacAddress");

    private static CimProperty Status(ushort status) =>
        new("OperationalStatus", CimType.UInt16, IsArray: true, new[] { status });

    private void Change(SimulatedMachine machine, string className, CimProperty property)
    {
        foreach (var device in host.Store.Related(machine.System, "Msvm_SystemDevice", className).ToList())
            host.Store.Change(device.Stored, property);
    }
}
