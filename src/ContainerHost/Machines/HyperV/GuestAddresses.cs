using System.Net;
using System.Net.Sockets;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.Machines.HyperV;

/// <summary>The IPv4 addresses that a guest reports: through its adapter's configuration, and, for guests without that, through key-value exchange.</summary>
internal sealed class GuestAddresses(HyperVHost host, VirtualMachines machines)
{
    private const string KvpAddresses = "NetworkAddressIPv4";

    /// <summary>The first address that can be reached, or null while there is none.</summary>
    public async Task<string?> FindAsync(HyperVMachine machine, CancellationToken cancellationToken)
    {
        foreach (
            var port in await machines.PartsAsync(machine, "Msvm_SyntheticEthernetPortSettingData", cancellationToken)
        )
        {
            var configurations = await host.Space.AssociatorsAsync(
                port.Stored,
                "Msvm_SettingDataComponent",
                "Msvm_GuestNetworkAdapterConfiguration",
                cancellationToken
            );
            if (
                configurations.SelectMany(one => one.Get<string[]>("IPAddresses") ?? []).FirstOrDefault(IsReachable) is
                { } address
            )
                return address;
        }
        var exchange = await machines.DeviceAsync(machine, "Msvm_KvpExchangeComponent", cancellationToken);
        return exchange is null ? null : FromExchange(exchange).FirstOrDefault(IsReachable);
    }

    private static IEnumerable<string> FromExchange(CimObject exchange) =>
        (exchange.Get<string[]>("GuestIntrinsicExchangeItems") ?? [])
            .Select(CimXml.Read)
            .Where(item => item.Text("Name") == KvpAddresses)
            .SelectMany(item => item.Text("Data").Split(';', StringSplitOptions.TrimEntries));

    /// <summary>True for an IPv4 address that somebody gave: not one the guest took itself for want of an answer (169.254/16, RFC 3927), nor its own loopback.</summary>
    internal static bool IsReachable(string text) =>
        IPAddress.TryParse(text, out var address)
        && address.AddressFamily == AddressFamily.InterNetwork
        && address.GetAddressBytes() is not [169, 254, ..] and not [127, ..] and not [0, ..];
}
