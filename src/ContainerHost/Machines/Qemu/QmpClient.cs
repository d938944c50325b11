using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerHost.Errors;

namespace ContainerHost.Machines.Qemu;

/// <summary>A client of QEMU's machine protocol (QMP) on a Unix socket: one command at a time, events passed over.</summary>
internal sealed class QmpClient(Stream stream) : IAsyncDisposable
{
    private readonly StreamReader _reader = new(stream, Encoding.UTF8);

    /// <summary>Connects, reads the greeting and leaves negotiation mode.</summary>
    public static async Task<QmpClient> ConnectAsync(string socketPath, CancellationToken cancellationToken)
    {
        var client = new QmpClient(await UnixSocket.OpenAsync(socketPath, cancellationToken));
        try
        {
            await client.ReadAsync("greeting", cancellationToken);
            await client.ExecuteAsync("qmp_capabilities", null, cancellationToken);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="ContainerHostException">QEMU refused the command, or closed the connection.</exception>
    public async Task<JsonNode?> ExecuteAsync(
        string command,
        JsonObject? arguments,
        CancellationToken cancellationToken
    )
    {
        var request = new JsonObject { ["execute"] = command };
        if (arguments is not null)
            request["arguments"] = arguments;
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToJsonString() + "\n"), cancellationToken);
        while (true)
        {
            var answer = await ReadAsync(command, cancellationToken);
            if (answer["error"] is { } error)
                throw Failed(command, error["desc"]?.GetValue<string>() ?? error.ToJsonString());
            if (answer.ContainsKey("return"))
                return answer["return"];
        }
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await stream.DisposeAsync();
    }

    private async Task<JsonObject> ReadAsync(string command, CancellationToken cancellationToken)
    {
        var line =
            await _reader.ReadLineAsync(cancellationToken) ?? throw Failed(command, "QEMU closed the connection");
        try
        {
            return JsonNode.Parse(line)?.AsObject() ?? throw Failed(command, $"an empty answer: {line}");
        }
        catch (JsonException)
        {
            throw Failed(command, $"an answer that is not JSON: {line}");
        }
    }

    private static ContainerHostException Failed(string command, string saw) =>
        new(
            $"have QEMU execute '{command}'",
            saw,
            "look at the host's serial.log; './build.sh Destroy' removes the machine whatever its state."
        );
}
