using System.Runtime.CompilerServices;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts.GuestKinds;
using ContainerHost.Machines;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Life;

/// <summary>What a host tells of itself, without its lock: somebody may be waiting for it just now.</summary>
internal sealed class HostLogs(HostServices services, HostName name)
{
    // A console that is followed is looked at so often; people do not read faster.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly HostState _state = services.Store.Load(name) ?? throw HostErrors.NotCreated(name);

    private HostFolder Folder => services.Store.FolderOf(name);
    private IHypervisor Hypervisor => services.HypervisorFor(_state.Spec);

    /// <summary>The end of its console's log, and of its guest's own logs where that answers.</summary>
    public async Task<IReadOnlyList<HostLog>> ReadAsync(CancellationToken cancellationToken)
    {
        var logs = new List<HostLog>();
        if (File.Exists(Folder.SerialLog))
            logs.Add(new HostLog("console", SerialTail.Plain(ConsoleLog.End(Folder.SerialLog))));
        var connection = new HostConnection(services, Folder, () => _state);
        await using var shell = await connection.ConnectAsItIsAsync(cancellationToken);
        var system = GuestKind.Of(_state.Spec.Guest).System;
        if (shell is null)
            return logs;
        foreach (var (log, line) in system.LogLines)
        {
            var told = await shell.RunAsync(system.ShellLine(line), TimeLimits.GuestCommand, cancellationToken);
            logs.Add(new HostLog(log, SafeText.Clean(told.StandardOutput + told.StandardError)));
        }
        return logs;
    }

    /// <summary>What comes onto the console from now on, a line at a time, until it is cancelled or the machine is removed.</summary>
    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (seen, rest) = (ConsoleLog.LengthOf(Folder.SerialLog), "");
        using var timer = new PeriodicTimer(Interval, services.Time);
        while (Directory.Exists(Folder.Path) && await timer.WaitForNextTickAsync(cancellationToken))
        {
            var length = ConsoleLog.LengthOf(Folder.SerialLog);
            // Cut at a start of the machine.
            if (length < seen)
                seen = 0;
            var lines = (rest + ConsoleLog.End(Folder.SerialLog, from: seen)).Split('\n');
            seen = length;
            rest = lines[^1];
            foreach (var line in lines[..^1])
                yield return SerialTail.Plain(line);
        }
    }
}
