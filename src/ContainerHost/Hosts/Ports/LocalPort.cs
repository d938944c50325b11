using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Ports;

/// <summary>Whether a port of this machine can be had for a guest: found by listening there for a moment.</summary>
internal static class LocalPort
{
    // ip(7): the first port that needs no right (CAP_NET_BIND_SERVICE).
    private const string LeastFile = "/proc/sys/net/ipv4/ip_unprivileged_port_start";

    /// <summary>Why it cannot be had, in words without a full stop; null where it can.</summary>
    /// <param name="forward">The port, and at which address.</param>
    /// <param name="withOurRights">False where whoever listens in the end has no rights.</param>
    public static string? ProblemOf(PortForward forward, bool withOurRights)
    {
        if (!withOurRights && forward.Port < LeastOpen)
            return $"{Privileged}, and who listens for guests is a user without it";
        // Windows lets a user listen at one address beside a listener of his at all of them, who would have the connections.
        if (OperatingSystem.IsWindows() && !forward.IsUdp && HasListener(forward))
            return "the port is in use";
        using var socket = new Socket(
            AddressFamily.InterNetwork,
            forward.IsUdp ? SocketType.Dgram : SocketType.Stream,
            forward.IsUdp ? ProtocolType.Udp : ProtocolType.Tcp
        );
        try
        {
            socket.Bind(new IPEndPoint(forward.Address, forward.Port));
            if (!forward.IsUdp)
                socket.Listen(1);
            return null;
        }
        catch (SocketException refused)
        {
            return refused.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"the port is in use{HolderOf(forward)}",
                SocketError.AccessDenied => OperatingSystem.IsWindows()
                    ? "Windows has reserved the port, or another user has it ('netsh interface ipv4 show excludedportrange tcp' lists what is reserved)"
                    : $"{Privileged}, which this user has not",
                SocketError.AddressNotAvailable =>
                    $"{forward.Address} is no address of this machine, which has {string.Join(", ", OwnAddresses())}",
                _ => refused.Message,
            };
        }
    }

    private static bool HasListener(PortForward forward) =>
        IPGlobalProperties
            .GetIPGlobalProperties()
            .GetActiveTcpListeners()
            .Any(one =>
                one.Port == forward.Port
                && (
                    one.Address.Equals(forward.Address)
                    || one.Address.Equals(IPAddress.Any)
                    || one.Address.Equals(IPAddress.IPv6Any)
                    || forward.Address.Equals(IPAddress.Any)
                )
            );

    private static string Privileged =>
        $"ports below {LeastOpen} need a right of root's (sysctl net.ipv4.ip_unprivileged_port_start)";

    private static int LeastOpen =>
        File.Exists(LeastFile) ? int.Parse(File.ReadAllText(LeastFile), CultureInfo.InvariantCulture) : 0;

    private static string HolderOf(PortForward forward) =>
        PortHolder.Find(forward.Address, forward.Port, forward.IsUdp) is { } holder
            ? $" by {Path.GetFileName(holder.Words[0])} (process {holder.Id})"
            : "";

    private static IEnumerable<string> OwnAddresses() =>
        NetworkInterface
            .GetAllNetworkInterfaces()
            .SelectMany(adapter => adapter.GetIPProperties().UnicastAddresses)
            .Where(own => own.Address.AddressFamily == AddressFamily.InterNetwork)
            .Select(own => own.Address.ToString())
            .Append($"{IPAddress.Any} (all)");
}
