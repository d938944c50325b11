using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace ContainerHost.Specification;

/// <summary>
/// A network between hosts of this machine, and a host's own address in it; written as podman writes a container's
/// (podman-run(1), <c>--network</c>): <c>lab:ip=10.77.0.11/24</c>.
/// </summary>
internal sealed record PrivateNetwork
{
    private const int LeastBits = 8;
    private const int MostBits = 29;

    // QEMU's user network, and the bridge of the guest's containers: their addresses would lead elsewhere.
    private static readonly IPNetwork[] Taken = [IPNetwork.Parse("10.0.2.0/24"), IPNetwork.Parse("10.88.0.0/16")];

    private PrivateNetwork(HostName name, uint address, int bits) => (Name, Number, Bits) = (name, address, bits);

    /// <summary>What hosts that reach each other have in common.</summary>
    public HostName Name { get; }

    /// <summary>The length of the network's part of its addresses, in bits.</summary>
    public int Bits { get; }

    private uint Number { get; }

    /// <summary>The host's address.</summary>
    public string Address => Text(Number);

    /// <summary>The same with the network's length, as <c>ip address add</c> takes it.</summary>
    public string AddressWithBits => $"{Address}/{Bits}";

    /// <summary>True when both reach each other: the same addresses are behind the same switch.</summary>
    public bool IsBeside(PrivateNetwork other) =>
        Name == other.Name && Bits == other.Bits && (Number & ~HostPart) == (other.Number & ~HostPart);

    private uint HostPart => uint.MaxValue >> Bits;

    /// <summary>The place of the next host but so many; null beyond the network's last address.</summary>
    public PrivateNetwork? Next(int steps) =>
        Make(Name, Number + (uint)steps, Bits) is { } next && next.IsBeside(this) ? next : null;

    /// <summary>Reads it; false unless the address is a host's in a private network (RFC 1918) of 8 to 29 bits that guests use for nothing else.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PrivateNetwork? network)
    {
        network = null;
        var parts = text.Split(":ip=");
        if (parts.Length != 2 || !HostName.TryParse(parts[0], out var name))
            return false;
        var words = parts[1].Split('/');
        if (
            words.Length != 2
            || !IPAddress.TryParse(words[0], out var address)
            || address.AddressFamily != AddressFamily.InterNetwork
            // "10.1" would be 10.0.0.1.
            || address.ToString() != words[0]
            || !int.TryParse(words[1], out var bits)
            || $"{bits}" != words[1]
        )
            return false;
        var bytes = address.GetAddressBytes();
        network = Make(name, (uint)((bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3]), bits);
        return network is { IsUsable: true };
    }

    private bool IsUsable =>
        (IPNetwork.Parse(Text(Number & ~HostPart) + $"/{Bits}") is var net)
        && (
            net.BaseAddress.GetAddressBytes() switch
            {
                [10, ..] => true,
                [172, >= 16 and <= 31, ..] => Bits >= 12,
                [192, 168, ..] => Bits >= 16,
                _ => false,
            }
        )
        && !Taken.Any(taken => taken.Contains(net.BaseAddress) || net.Contains(taken.BaseAddress));

    // Neither the network's own address nor that of all its hosts.
    private static PrivateNetwork? Make(HostName name, uint number, int bits)
    {
        if (bits is < LeastBits or > MostBits)
            return null;
        var all = uint.MaxValue >> bits;
        return (number & all) == 0 || (number & all) == all ? null : new PrivateNetwork(name, number, bits);
    }

    private static string Text(uint number) =>
        new IPAddress([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]).ToString();

    public override string ToString() => $"{Name}:ip={AddressWithBits}";
}
