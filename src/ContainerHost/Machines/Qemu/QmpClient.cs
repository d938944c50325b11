using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerHost.Errors;

namespace ContainerHost.Machines.Qemu;

/// <summary>A client of QEMU's machine protocol (QMP) on a Unix socket: one command at a time, events passed over.</summary>
internal sealed class QmpClient(NetworkStream stream) : IAsyncDisposable
{
    private const int LongestPath = 107; // The bytes that a Unix socket's address may have (unix(7)).

    private readonly StreamReader _reader = new(stream, Encoding.UTF8);

    /// <summary>Connects, reads the greeting and leaves negotiation mode.</summary>
    public static async Task<QmpClient> ConnectAsync(string socketPath, CancellationToken cancellationToken)
    {
        var link = Encoding.UTF8.GetByteCount(socketPath) > LongestPath ? LinkToFolderOf(socketPath) : null;
        var path = link is null ? socketPath : Path.Combine(link, Path.GetFileName(socketPath));
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            var client = new QmpClient(new NetworkStream(socket, ownsSocket: true));
            await client.ReadAsync("greeting", cancellationToken);
            await client.ExecuteAsync("qmp_capabilities", null, cancellationToken);
            return client;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        finally
        {
            if (link is not null)
                File.Delete(link);
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

    private static string LinkToFolderOf(string socketPath)
    {
        var link = Path.Combine(Path.GetTempPath(), $"ch-{Guid.NewGuid():N}");
        Directory.CreateSymbolicLink(link, Path.GetDirectoryName(socketPath)!);
        return link;
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
