using System.Net.Sockets;
using System.Text.Json.Nodes;
using ContainerHost.Files;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.Qemu;

/// <summary>Talks to the monitors of machines that run: never for longer than it should take, and whatever fails is an error of ours.</summary>
internal sealed class QemuMonitor(TimeProvider time)
{
    /// <summary>Has QEMU execute one command.</summary>
    public Task<JsonNode?> AskAsync(
        HostFolder folder,
        string command,
        JsonObject? arguments,
        CancellationToken cancellationToken
    ) =>
        TalkAsync(
            folder,
            command,
            TimeLimits.QemuAnswer,
            (qmp, token) => qmp.ExecuteAsync(command, arguments, token),
            cancellationToken
        );

    /// <summary>Saves or loads the state of a machine's devices.</summary>
    public Task MoveStateAsync(
        QemuMachine machine,
        Func<QemuState, CancellationToken, Task> work,
        CancellationToken cancellationToken
    ) =>
        TalkAsync(
            machine.Spec.Folder,
            "migrate",
            TimeLimits.QemuState,
            async (qmp, token) =>
            {
                var often = new Poll(time) { Interval = TimeSpan.FromMilliseconds(20) };
                await work(new QemuState(machine.Spec.Folder, machine.Spec.InstanceId, qmp, often), token);
                return true;
            },
            cancellationToken
        );

    /// <summary>Several commands in one conversation, for what is called so in errors.</summary>
    public async Task<T> TalkAsync<T>(
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
                folder.Name
            );
        }
        catch (Exception closed) when (closed is SocketException or IOException)
        {
            throw MachineFile.Failed($"have QEMU execute '{command}'", closed.Message, folder.Name);
        }
    }
}
