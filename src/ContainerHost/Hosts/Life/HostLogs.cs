using System.Runtime.CompilerServices;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Hosts.GuestKinds;
using ContainerHost.Hosts.Provisioning;
using ContainerHost.Machines;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Life;

/// <summary>What a host tells of itself, without its lock: somebody may be waiting for it just now.</summary>
internal sealed class HostLogs(HostServices services, HostName name)
{
    // As tail and journalctl show before what comes.
    private const int LinesBefore = 10;

    // A file that is followed is looked at so often; people do not read faster. Whether the machine runs is asked less often: Hyper-V answers slowly.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private const int LooksBetweenStates = 10;

    private readonly HostState _state = services.Store.Load(name) ?? throw HostErrors.NotCreated(name);

    private HostFolder Folder => services.Store.FolderOf(name);
    private IHypervisor Hypervisor => services.HypervisorFor(_state.Spec);
    private IGuestSystem System => GuestKind.Of(_state.Spec.Guest).System;

    /// <summary>The end of the log that is chosen; by default of its console's, and of its guest's own where that answers.</summary>
    public async Task<IReadOnlyList<HostLog>> ReadAsync(string? only, CancellationToken cancellationToken) =>
        only is null ? await ReadAllAsync(cancellationToken)
        : HostLog.RequireChoice(only) is var log && log == HostLog.Serial ? [NeedConsole()]
        : log == HostLog.Provisioning ? ReadProvisioning()
        : [await ReadGuestAsync(log, cancellationToken)];

    /// <summary>
    /// Tells the last ten lines of a log and what comes, a line at a time, until it is cancelled, or the machine is off or removed; of one that is off the
    /// lines that are here are told.
    /// </summary>
    public async Task FollowAsync(string log, Action<string> told, CancellationToken cancellationToken)
    {
        var chosen = HostLog.RequireChoice(log);
        if (chosen is not (HostLog.Serial or HostLog.Provisioning))
        {
            await FollowGuestAsync(chosen, told, cancellationToken);
            return;
        }
        if (chosen == HostLog.Serial)
            NeedConsole();
        var files = chosen == HostLog.Serial ? Console(LinesBefore) : new FollowedFiles(Scripts, LinesBefore, true);
        await foreach (var line in LinesAsync(files, untilOff: true, cancellationToken))
            told(line);
    }

    /// <summary>What comes onto the console from now on, a line at a time, until it is cancelled or the host is removed.</summary>
    public IAsyncEnumerable<string> WatchAsync(CancellationToken cancellationToken) =>
        LinesAsync(Console(null), untilOff: false, cancellationToken);

    private async Task<IReadOnlyList<HostLog>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var logs = new List<HostLog>();
        if (File.Exists(Folder.SerialLog))
            logs.Add(NeedConsole());
        var connection = new HostConnection(services, Folder, () => _state);
        await using var shell = await connection.ConnectAsItIsAsync(cancellationToken);
        if (shell is not null)
            foreach (var log in System.Logs)
                logs.Add(await ReadAsync(shell, log, cancellationToken));
        return logs;
    }

    private async Task<HostLog> ReadGuestAsync(string log, CancellationToken cancellationToken)
    {
        var own = Need(log);
        await using var shell = await ConnectAsync(cancellationToken);
        return await ReadAsync(shell, own, cancellationToken);
    }

    private async Task<HostLog> ReadAsync(IGuestShell shell, GuestLog log, CancellationToken cancellationToken)
    {
        var told = await shell.RunAsync(System.ShellLine(log.Line), TimeLimits.GuestCommand, cancellationToken);
        return new HostLog(log.Name, SafeText.Clean(told.StandardOutput + told.StandardError));
    }

    private async Task FollowGuestAsync(string log, Action<string> told, CancellationToken cancellationToken)
    {
        if (Need(log).Following is not { } command)
            throw Failed(
                $"follow the log '{log}'",
                "it is kept in no file that could be",
                $"'./build.sh Logs --log {log} --name {name}' prints its end."
            );
        await using var shell = await ConnectAsync(cancellationToken);
        try
        {
            var end = await shell.FollowAsync(command, line => told(SafeText.Clean(line)), cancellationToken);
            // Else a signal ended it, as the guest's shut-down sends, or nobody told how it ended.
            if (end.ExitCode is >= 0 and < 128)
                throw Failed(
                    $"follow the log '{log}'",
                    $"what shows it in the guest ended with exit code {end.ExitCode}\n{end.LastLines(15)}",
                    "look at the guest with the target Shell."
                );
        }
        catch (ContainerHostException lost) when (lost.InnerException is not null)
        {
            services.Log.Information("The connection to '{Host}' has ended: {Reason:l}", name, lost.Saw);
        }
        await WaitForEndAsync(cancellationToken);
    }

    // A guest that shuts down ends its connections first.
    private async Task WaitForEndAsync(CancellationToken cancellationToken)
    {
        var patience = (await Hypervisor.GetFeaturesAsync(cancellationToken)).Patience;
        var wait = new Wait(
            "the machine is off, since the guest ended the connection",
            TimeLimits.ShutDown * patience,
            "run the target again: the guest has rebooted, or the network failed.",
            name.Value
        );
        await new Poll(services.Time).UntilAsync(
            wait,
            async token => await RunsAsync(token) ? Looks.NotYet<bool>("it runs") : Looks.Found(true),
            cancellationToken
        );
    }

    private async IAsyncEnumerable<string> LinesAsync(
        FollowedFiles files,
        bool untilOff,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var timer = new PeriodicTimer(Interval, services.Time);
        var look = 0;
        do
        {
            var ends = untilOff && look++ % LooksBetweenStates == 0 && !await RunsAsync(cancellationToken);
            foreach (var line in files.Read(end: ends))
                yield return SerialTail.Plain(line);
            if (ends)
                break;
        } while (Directory.Exists(Folder.Path) && await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task<bool> RunsAsync(CancellationToken cancellationToken) =>
        await Hypervisor.GetStateAsync(Folder, cancellationToken) == MachineState.Running;

    private async Task<IGuestShell> ConnectAsync(CancellationToken cancellationToken)
    {
        if (!await RunsAsync(cancellationToken))
            throw HostErrors.Off(name);
        return await new HostConnection(services, Folder, () => _state).ConnectAsItIsAsync(cancellationToken)
            ?? throw Failed("read the guest's log", "it does not answer over SSH", "look at '--log serial'.");
    }

    private GuestLog Need(string log) =>
        System.Logs.FirstOrDefault(one => one.Name == log)
        ?? throw new InvalidInputException([
            $"--log '{log}': this guest has none. It has {string.Join(", ", System.Logs.Select(one => one.Name).Prepend(HostLog.Serial))} and {HostLog.Provisioning}.",
        ]);

    private HostLog NeedConsole() =>
        File.Exists(Folder.SerialLog)
            ? new HostLog("console", SerialTail.Plain(ConsoleLog.End(Folder.SerialLog)))
            : throw Failed(
                "read the serial console's log",
                "there is none: the machine was never started, or its hypervisor keeps none, as Hyper-V",
                "choose another with --log."
            );

    private List<HostLog> ReadProvisioning()
    {
        var logs = Scripts().Select(path => new HostLog(Path.GetFileName(path), ConsoleLog.End(path))).ToList();
        return logs.Count > 0
            ? logs
            : throw Failed(
                "read what scripts printed",
                "none ran in the host",
                $"'./build.sh Provision --name {name} --provision FILE' runs one."
            );
    }

    private FollowedFiles Console(int? last) => new(() => [Folder.SerialLog], last);

    // In the order in which they ran.
    private IEnumerable<string> Scripts()
    {
        var folder = new DirectoryInfo(ScriptLog.FolderOf(services.Folders, name));
        return folder.Exists
            ? folder.EnumerateFiles("*.log").OrderBy(file => file.LastWriteTimeUtc).Select(file => file.FullName)
            : [];
    }

    private ContainerHostException Failed(string attempted, string saw, string tryThis) =>
        new(attempted, saw, tryThis, name.Value);
}
