using System.ComponentModel;
using System.Diagnostics;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Reach;

/// <summary>
/// OpenSSH's client in the background, on behalf of a host. As with QEMU (ADR 6) it is ours by the host's mark in the name that it is given, in place of the address that
/// it gets as an option; it ends by itself with the connection, and so with the machine.
/// </summary>
internal sealed class OwnedSsh(HostServices services, HostFolder folder, string name)
{
    private readonly Poll _poll = new(services.Time) { Interval = TimeSpan.FromMilliseconds(50) };

    /// <summary>The name of that host's.</summary>
    public static string NameOf(Guid mark) => $"containerhost-{mark}";

    /// <summary>The program and its options; what is forwarded or run comes behind, or between them and the name.</summary>
    public static IReadOnlyList<string> Words(SshEntry entry) =>
        [
            "ssh",
            "-F",
            "none",
            .. entry.Options.SelectMany(option => new[] { "-o", $"{option.Key}={option.Value}" }),
            "-o",
            "BatchMode=yes",
            "-o",
            $"ConnectTimeout={TimeLimits.SshAttempt.TotalSeconds:0}",
            "-o",
            "ServerAliveInterval=15",
        ];

    /// <summary>The names of all that run here and begin with this one's.</summary>
    public IEnumerable<string> FindNames() => Processes().Select(one => one.Words.First(IsOurs)).Distinct();

    public ProcessIdentity? Find() =>
        Processes()
            .Where(process => process.Words.Contains(name))
            .Select(process => ProcessIdentity.Find(process.Id))
            .FirstOrDefault(identity => identity is not null);

    /// <summary>Ends it, and waits until it is gone.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (Find() is not { } running)
            return;
        try
        {
            using var process = Process.GetProcessById(running.Id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It ended in between.
        }
        catch (Win32Exception refused)
        {
            throw new ContainerHostException(
                $"end ssh, process {running.Id}",
                refused.Message,
                "it is another user's: run the target as he.",
                folder.Name,
                refused
            );
        }
        var wait = new Wait("ssh ends when it is killed", TimeLimits.QemuEnd, $"look at process {running.Id}.");
        var alive = Looks.NotYet<bool>($"process {running.Id} is still there");
        await _poll.UntilAsync(wait, () => running.IsAlive ? alive : Looks.Found(true), cancellationToken);
    }

    /// <summary>Waits until no other process starts one of the host.</summary>
    public Task<ProcessLock> HoldAsync(CancellationToken cancellationToken) =>
        ProcessLock.WaitAsync(
            folder.StartLock,
            new Wait(
                "another process has started the machine, or reached into it",
                TimeLimits.QemuStart,
                "end that process if it hangs.",
                folder.Name
            ),
            _poll,
            cancellationToken
        );

    private bool IsOurs(string word) => word.StartsWith(name, StringComparison.Ordinal);

    private IEnumerable<RunningProcess> Processes() =>
        OperatingSystem.IsLinux()
            ? RunningProcess.List().Where(one => Path.GetFileName(one.Words[0]) == "ssh" && one.Words.Any(IsOurs))
            : [];
}
