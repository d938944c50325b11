using System.Text.Json;
using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Specification;
using Serilog;

namespace ContainerHost.Hosts.Ports;

/// <summary>Has ports of this machine's loopback lead to those of the same number that containers in a guest publish, for as long as they do.</summary>
internal sealed class PublishedPorts(IGuestShell shell, HostName name, ILogger log)
{
    private const int Most = 64;

    private readonly Dictionary<int, GuestPort?> _open = [];

    /// <summary>Follows them until it is cancelled; nothing is left afterwards.</summary>
    /// <exception cref="ContainerHostException">The guest does not tell them.</exception>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        log.Information("Ports that containers of '{Host}' publish lead there from 127.0.0.1, until Ctrl-C", name);
        try
        {
            var ended = await shell.RunAsync(
                GuestScript.Load("Hosts.Ports.published.py").ToCommand([]),
                Timeout.InfiniteTimeSpan,
                line => Follow(line, cancellationToken),
                cancellationToken
            );
            throw new ContainerHostException(
                "follow the ports that containers publish",
                ended.StandardError.Trim().Split('\n')[^1] is { Length: > 0 } why
                    ? why
                    : "the guest tells them no more",
                "see that 'iptables-save -t nat' works in the guest.",
                name.Value
            );
        }
        finally
        {
            foreach (var port in _open.Values)
                port?.Dispose();
        }
    }

    private void Follow(string line, CancellationToken cancellationToken)
    {
        var published = GuestScript
            .ReadAnswer<IReadOnlyList<int>>(line)
            .Where(port => port is > 0 and < 65536)
            .ToList();
        foreach (var port in _open.Keys.Except(published).ToList())
        {
            if (_open.Remove(port, out var open) && open is not null)
            {
                open.Dispose();
                log.Information("127.0.0.1:{Port} leads to '{Host}' no more", port, name);
            }
        }
        // The guest tells them again and again, so that one which somebody had here is tried until it is free.
        foreach (var port in published.Where(port => _open.GetValueOrDefault(port) is null).ToList())
        {
            if (_open.ContainsKey(port) || _open.Count < Most)
                _open[port] = Open(port, isKnown: _open.ContainsKey(port), cancellationToken);
        }
    }

    // What cannot be had is told once, and is no failure of the others.
    private GuestPort? Open(int port, bool isKnown, CancellationToken cancellationToken)
    {
        PortForward.Read($"{port}:{port}", out var wanted);
        var problem = LocalPort.ProblemOf(wanted!, withOurRights: true);
        var open = problem is null ? shell.ListenAsync(port, port, cancellationToken).GetAwaiter().GetResult() : null;
        if (open is null && isKnown)
            return null;
        if (open is null)
            log.Warning(
                "A container of '{Host}' publishes port {Port}, which is not to be had here: {Problem}",
                name,
                port,
                problem ?? "somebody took it just now, or the way to the guest forwards none"
            );
        else
            log.Information(
                "127.0.0.1:{Port} leads to port {Port} of '{Host}', which a container publishes",
                port,
                port,
                name
            );
        return open;
    }
}
