using System.Net.NetworkInformation;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.HyperV;

/// <summary>
/// The ports of this machine that Windows' own proxy leads to a guest: by TCP over IPv4, for administrators, kept over restarts
/// (https://learn.microsoft.com/windows-server/networking/technologies/netsh/netsh-interface-portproxy). An entry says not whose it is: a file in the host's folder does.
/// </summary>
internal sealed class PortProxies(IProcessRunner processes, Poll poll, HostFolder folder)
{
    private const string Program = "netsh";

    private const string Elevate =
        "run the target as an administrator, which a member of Hyper-V Administrators need not be; 'netsh interface portproxy show all' lists what there is.";

    /// <summary>Those of the host, wherever they lead, and whether or not somebody listens there.</summary>
    public async Task<IReadOnlyList<ProxyEntry>> ListAsync(CancellationToken cancellationToken) =>
        File.Exists(folder.Forwards) ? Own(await ReadAsync(cancellationToken)) : [];

    /// <summary>True where somebody listens at a port, which is the service IP Helper (iphlpsvc) once it is one of the proxy's.</summary>
    public static bool IsHeard(PortForward one) =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Contains(new(one.Address, one.Port));

    /// <summary>Has exactly those lead to the guest at an address, or leaves only those where it tells none (null); after a failure they are as they were.</summary>
    public async Task SetAsync(string? address, IReadOnlyList<PortForward> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0 && !File.Exists(folder.Forwards))
            return;
        var all = await ReadAsync(cancellationToken);
        var own = Own(all);
        if (all.Except(own).FirstOrDefault(other => wanted.Any(other.Forward.Overlaps)) is { } taken)
            throw Failed(
                "forward ports to the guest",
                $"{taken.End} leads to {taken.Address} already",
                "choose another port, or delete that entry of 'netsh interface portproxy'."
            );
        var had = own.Where(entry => address is null || entry.Address == address)
            .Select(entry => entry.Forward)
            .ToList();
        if (address is null && wanted.Except(had).Any())
            throw Failed(
                "forward ports to the guest",
                "it tells no address by which this machine reaches it",
                "see that its adapter is on a switch with addresses; then run the target again."
            );
        var goal = own.Where(entry => wanted.Contains(entry.Forward) && had.Contains(entry.Forward))
            .Union(wanted.Except(had).Select(one => new ProxyEntry(one, address!)))
            .ToList();
        // First the record: what is begun and not ended is the host's all the same.
        await KeepAsync(own.Union(goal), cancellationToken);
        // The guest was elsewhere then.
        foreach (var old in own.Where(entry => !had.Contains(entry.Forward)))
            await RemoveAsync(old.Forward, cancellationToken);
        await ForwardChange.ApplyAsync(had, wanted, AddAsync, RemoveAsync, cancellationToken);
        await KeepAsync(goal, cancellationToken);

        async Task AddAsync(PortForward one, CancellationToken token)
        {
            // Windows adds what is another program's, too, who would have the connections; and lets go of an entry's port in its own time.
            await WaitAsync(one, heard: false, "end the program that listens there, or choose another port.", token);
            await ChangeAsync(
                $"forward {one}",
                ["add", "v4tov4", .. Listen(one), $"connectaddress={address}", $"connectport={one.GuestPort}"],
                token
            );
            try
            {
                await WaitAsync(one, heard: true, "start the service IP Helper ('Start-Service iphlpsvc').", token);
            }
            catch
            {
                await RemoveAsync(one, CancellationToken.None);
                throw;
            }
        }
        Task RemoveAsync(PortForward one, CancellationToken token) =>
            ChangeAsync($"end the forward {one}", ["delete", "v4tov4", .. Listen(one)], token);
    }

    private static string[] Listen(PortForward one) => [$"listenaddress={one.Address}", $"listenport={one.Port}"];

    private Task<bool> WaitAsync(PortForward one, bool heard, string tryThis, CancellationToken cancellationToken)
    {
        var (awaited, not) = heard ? ("Windows listens", "nobody listens there") : ("nobody listens", "somebody does");
        var wait = new Wait($"{awaited} at {one.Address}:{one.Port}", TimeLimits.PortProxy, tryThis, folder.Name);
        return poll.UntilAsync(
            wait,
            () => IsHeard(one) == heard ? Looks.Found(true) : Looks.NotYet<bool>(not),
            cancellationToken
        );
    }

    private async Task ChangeAsync(string attempted, string[] words, CancellationToken cancellationToken)
    {
        var result = await processes.RunAsync(
            new Command(Program, ["interface", "portproxy", .. words]),
            cancellationToken
        );
        if (!result.Succeeded)
            throw Failed(attempted, result.LastLines(5), Elevate);
    }

    private async Task<IReadOnlyList<ProxyEntry>> ReadAsync(CancellationToken cancellationToken)
    {
        var show = new Command(Program, "interface", "portproxy", "show", "v4tov4");
        const string attempted = "list the ports that Windows forwards";
        var told = await processes.RunCheckedAsync(show, attempted, Elevate, cancellationToken, folder.Name);
        return ProxyEntry.ReadAll(told.StandardOutput);
    }

    // One that was kept and leads elsewhere now is somebody else's.
    private List<ProxyEntry> Own(IEnumerable<ProxyEntry> entries)
    {
        var kept = File.Exists(folder.Forwards) ? ProxyEntry.ReadAll(File.ReadAllText(folder.Forwards)) : [];
        return [.. entries.Where(kept.Contains)];
    }

    private async Task KeepAsync(IEnumerable<ProxyEntry> entries, CancellationToken cancellationToken)
    {
        var lines = string.Concat(entries.Select(entry => $"{entry}\n"));
        if (lines.Length > 0)
            await AtomicFile.WriteTextAsync(folder.Forwards, lines, cancellationToken);
        else
            File.Delete(folder.Forwards);
    }

    private ContainerHostException Failed(string attempted, string saw, string tryThis) =>
        MachineFile.Failed(attempted, saw, folder.Name, tryThis);
}
