using System.Net.Sockets;
using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.Qemu;

/// <summary>Has running machines execute commands, each within a limit, with errors that name the command and the host.</summary>
internal sealed class QemuMonitor(TimeProvider time)
{
    // While it keeps or restores a checkpoint, QEMU does nothing else.
    private const string Advice =
        "run the target again in a minute: a checkpoint may be under way; './build.sh Status' tells what state the host is in.";

    /// <summary>Has a machine execute one command, and returns what it answers.</summary>
    public Task<JsonNode?> ExecuteAsync(
        HostFolder folder,
        string command,
        JsonObject? arguments,
        CancellationToken cancellationToken
    ) =>
        WithClientAsync(
            folder,
            command,
            TimeLimits.QemuAnswer,
            (qmp, token) => qmp.ExecuteAsync(command, arguments, token),
            cancellationToken
        );

    /// <summary>The reads and writes of all its disks so far; 0 of a machine that does not answer, which does nothing either.</summary>
    public async Task<long> CountDiskOperationsAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            var disks = await ExecuteAsync(folder, "query-blockstats", null, cancellationToken) as JsonArray ?? [];
            return disks.Sum(disk => Count(disk, "rd_operations") + Count(disk, "wr_operations"));
        }
        catch (ContainerHostException)
        {
            return 0;
        }

        static long Count(JsonNode? disk, string what) => disk?["stats"]?[what]?.GetValue<long>() ?? 0;
    }

    /// <summary>Does work with the state of a machine's devices.</summary>
    public Task WithStateAsync(
        HostFolder folder,
        QemuMachine machine,
        Func<QemuState, CancellationToken, Task> work,
        CancellationToken cancellationToken
    ) =>
        WithClientAsync(
            folder,
            "migrate",
            TimeLimits.QemuState,
            async (qmp, token) =>
            {
                var often = new Poll(time) { Interval = TimeSpan.FromMilliseconds(20) };
                await work(new QemuState(folder, machine.Spec.InstanceId, qmp, often), token);
                return true;
            },
            cancellationToken
        );

    /// <summary>Several commands in one conversation, for what is called so in errors.</summary>
    public async Task<T> WithClientAsync<T>(
        HostFolder folder,
        string command,
        TimeSpan longest,
        Func<QmpClient, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        using var limit = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await using var qmp = await QmpClient.ConnectAsync(folder.Qmp, either.Token);
            return await work(qmp, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw MachineFile.Failed(
                $"have QEMU execute '{command}'",
                $"no answer within {longest.TotalSeconds:0} s",
                folder.Name,
                Advice
            );
        }
        catch (Exception closed) when (closed is SocketException or IOException)
        {
            throw MachineFile.Failed($"have QEMU execute '{command}'", closed.Message, folder.Name, Advice);
        }
    }
}
