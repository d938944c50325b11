using System.Net.Sockets;
using System.Text.Json.Nodes;
using ContainerHost.Files;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.Qemu;

/// <summary>
/// Saves the devices of a machine whose memory is in a file, and has other machines go on with them: QEMU's migration, without the memory
/// (its capability x-ignore-shared), over Unix sockets, since QEMU itself may neither start programs nor see the hosts' folders.
/// </summary>
internal sealed class QemuState(HostFolder folder, Guid machine, QmpClient qmp, Poll poll)
{
    /// <summary>Stops the machine and writes its state; its network goes, so that nothing of it is in the state.</summary>
    public async Task SaveAsync(string path, CancellationToken cancellationToken)
    {
        using var exchange = new ExchangeFolder(machine);
        var place = exchange.NewPath(".sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(place));
        exchange.Give(place);
        listener.Listen(1);
        await qmp.ExecuteAsync("netdev_del", new JsonObject { ["id"] = QemuArguments.Network }, cancellationToken);
        await ShareAsync(true, cancellationToken);
        await qmp.ExecuteAsync("stop", null, cancellationToken);
        await qmp.ExecuteAsync("migrate", new JsonObject { ["uri"] = $"unix:{place}" }, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var received = ReceiveAsync(listener, path, stop.Token);
        try
        {
            // One that QEMU refuses after all never comes to the socket, and only this tells why.
            await WaitAsync("the machine's state is saved", cancellationToken);
        }
        catch
        {
            await stop.CancelAsync();
            await received.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        await received;
    }

    private static async Task ReceiveAsync(Socket listener, string path, CancellationToken cancellationToken)
    {
        using var from = await listener.AcceptAsync(cancellationToken);
        await using var stream = new NetworkStream(from);
        await using var file = File.Create(path);
        await stream.CopyToAsync(file, cancellationToken);
    }

    /// <summary>Has the machine, which was started with "-incoming defer", go on.</summary>
    public async Task LoadAsync(string path, CancellationToken cancellationToken)
    {
        using var exchange = new ExchangeFolder(machine);
        var place = exchange.NewPath(".sock");
        await ShareAsync(true, cancellationToken);
        await qmp.ExecuteAsync("migrate-incoming", new JsonObject { ["uri"] = $"unix:{place}" }, cancellationToken);
        using (var to = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            await to.ConnectAsync(new UnixDomainSocketEndPoint(place), cancellationToken);
            await using var stream = new NetworkStream(to);
            await using var file = File.OpenRead(path);
            await file.CopyToAsync(stream, cancellationToken);
        }
        await WaitAsync("the machine takes its state", cancellationToken);
        // Checkpoints have memory in them, and are loaded only where this is as it was when they were made.
        await ShareAsync(false, cancellationToken);
        // The adapter was without a network when it was saved.
        var up = new JsonObject { ["name"] = QemuArguments.Network, ["up"] = true };
        await qmp.ExecuteAsync("set_link", up, cancellationToken);
        await qmp.ExecuteAsync("cont", null, cancellationToken);
    }

    private Task<JsonNode?> ShareAsync(bool memory, CancellationToken cancellationToken)
    {
        var capability = new JsonObject { ["capability"] = "x-ignore-shared", ["state"] = memory };
        var all = new JsonObject { ["capabilities"] = new JsonArray(capability) };
        return qmp.ExecuteAsync("migrate-set-capabilities", all, cancellationToken);
    }

    private Task<bool> WaitAsync(string what, CancellationToken cancellationToken) =>
        poll.UntilAsync(
            new Wait(what, TimeLimits.QemuState, "see that this machine has memory and disk space left.", folder.Name),
            async token =>
            {
                var told = await qmp.ExecuteAsync("query-migrate", null, token);
                return told?["status"]?.GetValue<string>() switch
                {
                    "completed" => Looks.Found(true),
                    "failed" => throw MachineFile.Failed(
                        what,
                        $"QEMU's migration failed: {told["error-desc"] ?? told.ToJsonString()}",
                        folder.Name
                    ),
                    var other => Looks.NotYet<bool>($"{other}"),
                };
            },
            cancellationToken
        );
}
