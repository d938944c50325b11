using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Media;
using ContainerHost.Networks;
using Serilog;

namespace ContainerHost.Runtimes.Relay;

/// <summary>Opens the way by which a guest's apt reaches its archives through this machine, over the connection that is there already.</summary>
internal sealed class GuestRelays(LocalNetwork network, IArtifactCache artifacts, CacheFolder cache, ILogger log)
{
    /// <summary>The cache, filled from where guests may send this machine only.</summary>
    public IArtifactCache Artifacts => artifacts;

    /// <summary>Where a guest's apt may send this machine.</summary>
    public required AddressGuard Guard { get; init; }

    /// <summary>The way, for as long as it is not disposed; null where the guest's SSH server forwards nothing, so that apt goes by the guest's own network.</summary>
    public async Task<GuestRelay?> OpenAsync(IGuestShell shell, CancellationToken cancellationToken)
    {
        network.Proxy.Require();
        const string script = "Runtimes.Relay.list-archives.sh";
        var listed = await shell.RunScriptAsync(script, "list the archives of the guest's apt", cancellationToken);
        var places = listed
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Uri.TryCreate(line, UriKind.Absolute, out var place) ? place : null)
            .OfType<Uri>()
            .Where(place => place.Scheme is "http" or "https");
        var guarded = network.GuardedBy(Guard);
        var files = new ArchiveFiles(guarded, artifacts, cache);
        var allowed = new List<Uri>();
        foreach (var place in places)
            // Offline nothing is asked, a name server neither.
            if (network.Offline || await Guard.AllowsAsync(place, cancellationToken))
                allowed.Add(place);
        var relay = new ArchiveRelay(guarded, files, allowed);
        GuestPort? port = null;
        try
        {
            port = await shell.ForwardAsync(relay.Port, cancellationToken);
        }
        finally
        {
            if (port is null)
                await new GuestRelay(relay, files, null, network.Offline).DisposeAsync();
        }
        if (port is not null)
            return new GuestRelay(relay, files, port, network.Offline);
        if (network.Offline)
            throw new ContainerHostException(
                "lead the guest's apt to what is kept",
                "its SSH server forwards no ports, and --offline leaves the guest's own network alone",
                "set AllowTcpForwarding yes in the guest's sshd_config, or go on without --offline."
            );
        log.Warning(
            "The guest's SSH server forwards no ports (AllowTcpForwarding), so its apt uses the guest's own network"
        );
        return null;
    }
}
