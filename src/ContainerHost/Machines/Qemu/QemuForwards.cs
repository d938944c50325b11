using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ContainerHost.Files;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.Qemu;

/// <summary>
/// The ports of this machine that lead to a running guest, that of its SSH server, which it was started with, and others that come and
/// go as it runs.
/// </summary>
internal sealed partial class QemuForwards(QemuMonitor monitor)
{
    /// <summary>The port of 127.0.0.1 that leads to the guest's SSH server.</summary>
    public async Task<int> FindSshPortAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        var told = await AskAsync(folder, (net, token) => net.ListAsync(token), cancellationToken);
        return Read(told).FirstOrDefault(IsSsh)?.Port
            ?? throw MachineFile.Failed("find the port that leads to the guest", told, folder.Name);
    }

    /// <summary>All others.</summary>
    public async Task<IReadOnlyList<PortForward>> ListAsync(HostFolder folder, CancellationToken cancellationToken) =>
        Others(await AskAsync(folder, (net, token) => net.ListAsync(token), cancellationToken));

    /// <summary>Has the others be exactly those; after a failure they are as they were.</summary>
    public Task SetAsync(HostFolder folder, IReadOnlyList<PortForward> wanted, CancellationToken cancellationToken) =>
        AskAsync(
            folder,
            async (net, token) =>
            {
                var had = Others(await net.ListAsync(token));
                await ForwardChange.ApplyAsync(had, wanted, net.AddAsync, net.RemoveAsync, token);
                return true;
            },
            cancellationToken
        );

    private Task<T> AskAsync<T>(
        HostFolder folder,
        Func<UserNetwork, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    ) =>
        monitor.WithClientAsync(
            folder,
            "human-monitor-command",
            TimeLimits.QemuAnswer,
            (qmp, token) => work(new UserNetwork(qmp, folder.Name), token),
            cancellationToken
        );

    private static List<PortForward> Others(string told) => [.. Read(told).Where(one => !IsSsh(one))];

    // No other may lead there.
    private static bool IsSsh(PortForward one) => one is { GuestPort: PortForward.SshPort, IsUdp: false };

    // "  TCP[HOST_FORWARD]  12       127.0.0.1 18080       10.0.2.15    80     0     0"; every address is "*" (libslirp, src/misc.c).
    private static IEnumerable<PortForward> Read(string told) =>
        Forward()
            .Matches(told)
            .Select(line => new PortForward(
                line.Groups["address"].Value is "*" ? IPAddress.Any : IPAddress.Parse(line.Groups["address"].Value),
                int.Parse(line.Groups["port"].ValueSpan, CultureInfo.InvariantCulture),
                int.Parse(line.Groups["guest"].ValueSpan, CultureInfo.InvariantCulture),
                line.Groups["protocol"].Value == "UDP"
            ));

    [GeneratedRegex(
        @"(?<protocol>TCP|UDP)\[HOST_FORWARD\]\s+\d+\s+(?<address>[\d.]+|\*)\s+(?<port>\d+)\s+[\d.*]+\s+(?<guest>\d+)\s"
    )]
    private static partial Regex Forward();
}
