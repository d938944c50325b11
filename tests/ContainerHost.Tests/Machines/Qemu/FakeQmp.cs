using System.Net.Sockets;
using System.Text;

namespace ContainerHost.Tests.Machines.Qemu;

/// <summary>A server on a Unix socket that takes one client, greets it with the first of its script, and answers each line with the next.</summary>
internal sealed class FakeQmp : IAsyncDisposable
{
    public const string Greeting = """{"QMP": {"version": {"qemu": {"major": 7}}, "capabilities": []}}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("qmp-").FullName;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task _served;

    public FakeQmp(params string[] script)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen();
        _served = ServeAsync(script);
    }

    public string Path => System.IO.Path.Combine(_folder, "qmp.sock");

    public List<string> Received { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await Task.WhenAny(_served);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ServeAsync(string[] script)
    {
        using var client = await _listener.AcceptAsync();
        await using var stream = new NetworkStream(client);
        using var reader = new StreamReader(stream);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(script[0] + "\n"));
        // Then the connection is closed.
        foreach (var answer in script[1..])
        {
            if (await reader.ReadLineAsync() is not { } line)
                return;
            Received.Add(line);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\n"));
        }
    }
}
