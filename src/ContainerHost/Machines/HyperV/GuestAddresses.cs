using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Settings;
using ContainerHost.Specification;

namespace ContainerHost.Machines.HyperV;

/// <summary>The IPv4 addresses that a guest reports: through its adapter's configuration, and, for guests without that, through key-value exchange.</summary>
internal sealed class GuestAddresses(HyperVHost host)
{
    private const string KvpAddresses = "NetworkAddressIPv4";

    /// <summary>The first address that can be reached, or null while there is none.</summary>
    public async Task<string?> FindAsync(HyperVMachine machine, CancellationToken cancellationToken)
    {
        const string adapter = "Msvm_SyntheticEthernetPortSettingData";
        var ports = await host.Machines.PartsAsync(machine, adapter, cancellationToken);
        foreach (var port in ports.Where(port => !MachineSettings.IsPrivatePort(port)))
        {
            var configurations = await host.Space.AssociatorsAsync(
                port.Stored,
                "Msvm_SettingDataComponent",
                "Msvm_GuestNetworkAdapterConfiguration",
                cancellationToken
            );
            var addresses = configurations.SelectMany(one => one.Get<string[]>("IPAddresses") ?? []);
            if (addresses.FirstOrDefault(UsableAddress.Is) is { } address)
                return address;
        }
        // Exchange does not tell which adapter has an address, and nobody here is on a private network.
        if (ports.Any(MachineSettings.IsPrivatePort))
            return null;
        var exchange = await host.Machines.DeviceAsync(machine, "Msvm_KvpExchangeComponent", cancellationToken);
        return exchange is null ? null : FromExchange(exchange).FirstOrDefault(UsableAddress.Is);
    }

    private static IEnumerable<string> FromExchange(CimObject exchange) =>
        (exchange.Get<string[]>("GuestIntrinsicExchangeItems") ?? [])
            .Select(CimXml.Read)
            .Where(item => item.Text("Name") == KvpAddresses)
            .SelectMany(item => item.Text("Data").Split(';', StringSplitOptions.TrimEntries));
}
