using System.Diagnostics;
using System.Globalization;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.Qemu;

/// <summary>A machine's QEMU process, ours by the machine's UUID in its arguments and the disk that it holds open, where one may look: a pid file may be missing, or name somebody else's by now, and a copy of the host has the same UUID.</summary>
internal static class QemuProcess
{
    public static ProcessIdentity? Find(HostFolder folder, Guid instanceId)
    {
        if (
            File.Exists(folder.PidFile)
            && int.TryParse(File.ReadAllText(folder.PidFile), CultureInfo.InvariantCulture, out var pid)
            && RunningProcess.Read(pid) is { } told
            && IsOurs(told, folder, instanceId)
        )
            return ProcessIdentity.Find(pid);
        return RunningProcess
            .List()
            .Where(process => IsOurs(process, folder, instanceId))
            .Select(process => ProcessIdentity.Find(process.Id))
            .FirstOrDefault(identity => identity is not null);
    }

    /// <summary>The command that starts a machine, as a daemon.</summary>
    public static Command Start(QemuMachine machine, string version) =>
        new(
            QemuArguments.Program,
            [.. QemuArguments.For(machine), .. QemuUser.ArgumentsFor(machine.Spec.InstanceId, version)]
        )
        {
            WorkingDirectory = machine.Spec.Folder.Path,
            // QEMU itself fetches nothing, and keeps what it gets for as long as it lives.
            Environment = ChildEnvironment.Proxies.ToDictionary(name => name, _ => (string?)null),
        };

    /// <summary>Holds a machine's start: one that two start at once would be cut from its monitor by the one that comes too late.</summary>
    public static Task<ProcessLock> HoldStartAsync(HostFolder folder, Poll poll, CancellationToken cancellationToken) =>
        ProcessLock.WaitAsync(
            folder.StartLock,
            new Wait(
                "another process has started the machine",
                TimeLimits.QemuStart,
                "end that process if it hangs.",
                Path.GetFileName(folder.Path)
            ),
            poll,
            cancellationToken
        );

    /// <summary>Kills the process if it is still the same one, and waits for its end.</summary>
    public static async Task KillAsync(
        ProcessIdentity process,
        Poll poll,
        string host,
        CancellationToken cancellationToken
    )
    {
        if (process.IsAlive)
        {
            try
            {
                using var handle = Process.GetProcessById(process.Id);
                handle.Kill();
            }
            catch (ArgumentException)
            {
                // It ended in between, which is what was wanted.
            }
        }
        var advice = $"look at process {process.Id}; it may hang in a system call.";
        var wait = new Wait("QEMU ends after SIGKILL", TimeLimits.QemuEnd, advice, host);
        await WaitForEndAsync(process, poll, wait, cancellationToken);
    }

    public static Task<bool> WaitForEndAsync(
        ProcessIdentity process,
        Poll poll,
        Wait wait,
        CancellationToken cancellationToken
    )
    {
        var alive = Looks.NotYet<bool>($"process {process.Id} is still there");
        return poll.UntilAsync(wait, () => process.IsAlive ? alive : Looks.Found(true), cancellationToken);
    }

    private static bool IsOurs(RunningProcess process, HostFolder folder, Guid instanceId) =>
        process.After("-uuid") == instanceId.ToString()
        && Path.GetFileName(process.Words[0]) == QemuArguments.Program
        && process.Holds(RealPath.Of(folder.Disk)) != false;
}
