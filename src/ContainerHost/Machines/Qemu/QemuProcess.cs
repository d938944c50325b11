using System.Diagnostics;
using System.Globalization;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.Qemu;

/// <summary>
/// Finds and ends the QEMU process of a machine. A process is ours when its arguments carry the machine's UUID, our mark: a pid file can
/// be missing after a kill, or name a number that is somebody else's by now.
/// </summary>
internal static class QemuProcess
{
    /// <summary>The process that runs the machine, or null.</summary>
    public static ProcessIdentity? Find(HostFolder folder, Guid instanceId)
    {
        if (
            File.Exists(folder.PidFile)
            && int.TryParse(
                File.ReadAllText(folder.PidFile),
                NumberStyles.Integer,
                CultureInfo.InvariantCulture,
                out var pid
            )
            && RunningQemu.Read($"/proc/{pid}")?.Uuid == $"{instanceId}"
        )
            return ProcessIdentity.Find(pid);
        return RunningQemu
            .List("/proc")
            .Where(one => one.Uuid == $"{instanceId}")
            .Select(one => ProcessIdentity.Find(one.ProcessId))
            .FirstOrDefault(identity => identity is not null);
    }

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
        var wait = new Wait(
            "QEMU ends after SIGKILL",
            TimeSpan.FromSeconds(20),
            $"look at process {process.Id}; it may hang in a system call."
        )
        {
            Host = host,
        };
        await poll.UntilAsync(
            wait,
            _ =>
                Task.FromResult(
                    process.IsAlive ? Looks.NotYet<bool>($"process {process.Id} is still there") : Looks.Found(true)
                ),
            cancellationToken
        );
    }
}
