using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ContainerHost.Specification;

/// <summary>
/// A port of this machine that leads to one of a guest, written as docker-run(1) publishes one of a container:
/// <c>[ADDRESS:]PORT:GUEST-PORT[/udp]</c>, on 127.0.0.1 and for TCP by default.
/// </summary>
internal sealed record PortForward(IPAddress Address, int Port, int GuestPort, bool IsUdp = false)
{
    /// <summary>The guest's SSH server, to which the machine has a port of its own.</summary>
    public const int SshPort = 22;

    private const string Udp = "udp";
    private const string Tcp = "tcp";

    /// <summary>The protocol as everybody writes it.</summary>
    public string Protocol => IsUdp ? Udp : Tcp;

    /// <summary>True when nobody but this machine itself reaches it.</summary>
    public bool IsLocal => IPAddress.IsLoopback(Address);

    /// <summary>True when only one of the two can be there: 0.0.0.0 is every address.</summary>
    public bool Overlaps(PortForward other) =>
        IsUdp == other.IsUdp
        && Port == other.Port
        && (Address.Equals(other.Address) || Address.Equals(IPAddress.Any) || other.Address.Equals(IPAddress.Any));

    /// <summary>Reads one; null, or what is wrong with the text, in a sentence.</summary>
    public static string? Read(string text, out PortForward? forward)
    {
        forward = null;
        if (text.Contains('[', StringComparison.Ordinal))
            return "Ports are forwarded from IPv4 addresses only.";
        var halves = text.Split('/');
        if (halves.Length > 2 || (halves.Length == 2 && halves[1] is not (Tcp or Udp)))
            return $"After the slash comes {Tcp} or {Udp}.";
        var words = halves[0].Split(':');
        if (words.Length is not (2 or 3))
            return "Two ports are needed, with a colon between.";
        var address = IPAddress.Loopback;
        if (words.Length == 3 && !TryReadAddress(words[0], out address))
            return $"'{words[0]}' is no IPv4 address that a machine can have.";
        if (words[^2..].FirstOrDefault(word => !TryReadPort(word, out _)) is { } none)
            return $"'{none}' is no port: they are numbers from 1 to 65535.";
        TryReadPort(words[^2], out var port);
        TryReadPort(words[^1], out var guestPort);
        var isUdp = halves is [_, Udp];
        if (guestPort == SshPort && !isUdp)
            return $"Port {SshPort} of the guest is its SSH server's; the target Status shows how it is reached.";
        forward = new PortForward(address, port, guestPort, isUdp);
        return null;
    }

    // "10.1" would be 10.0.0.1, "010.0.0.1" perhaps 8.0.0.1.
    private static bool TryReadAddress(string text, out IPAddress address) =>
        IPAddress.TryParse(text, out address!)
        && address.AddressFamily == AddressFamily.InterNetwork
        && address.ToString() == text
        && (address.GetAddressBytes() is [> 0 and < 224, ..] || address.Equals(IPAddress.Any));

    private static bool TryReadPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port)
        && port is > 0 and <= IPEndPoint.MaxPort
        && text[0] != '0';

    public override string ToString() => $"{Address}:{Port}:{GuestPort}/{Protocol}";
}
