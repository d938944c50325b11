using System.Net;
using System.Net.Sockets;

namespace ContainerHost.Specification;

/// <summary>The network behind address translation that containers are on, such as <c>172.16.0.0/24</c>; its first address is the gateway.</summary>
internal sealed record ContainerSubnet
{
    private readonly IPNetwork _network;

    private ContainerSubnet(IPNetwork network) => _network = network;

    public static ContainerSubnet Default { get; } = new(IPNetwork.Parse("172.16.0.0/24"));

    public string Gateway
    {
        get
        {
            var bytes = _network.BaseAddress.GetAddressBytes();
            bytes[3]++;
            return new IPAddress(bytes).ToString();
        }
    }

    /// <summary>Reads an IPv4 network of 8 to 29 bits that is private (RFC 1918); false for anything else.</summary>
    public static bool TryParse(string text, out ContainerSubnet? subnet)
    {
        subnet = null;
        if (
            !IPNetwork.TryParse(text, out var network)
            // 172.16.0.1/24 would be taken for 172.16.0.0/24, which its author may not mean.
            || network.ToString() != text
            || network.BaseAddress.AddressFamily != AddressFamily.InterNetwork
            || network.PrefixLength is < 8 or > 29
        )
            return false;
        var isPrivate = network.BaseAddress.GetAddressBytes() switch
        {
            [10, ..] => true,
            [172, >= 16 and <= 31, ..] => network.PrefixLength >= 12,
            [192, 168, ..] => network.PrefixLength >= 16,
            _ => false,
        };
        subnet = isPrivate ? new ContainerSubnet(network) : null;
        return isPrivate;
    }

    public override string ToString() => _network.ToString();
}
