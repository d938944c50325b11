using System.Net.Sockets;
using System.Text;

namespace ContainerHost.Tests.Machines.Qemu;

/// <summary>A server on a Unix socket that greets as QEMU does, takes one client, and answers each line it gets with the next of its script.</summary>
internal sealed class FakeQmp : IAsyncDisposable
{
    private const string Greeting = """{"QMP": {"version": {"qemu": {"major": 7}}, "capabilities": []}}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("qmp-").FullName;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task _served;

    public FakeQmp(params string[] script)
        : this(Greeting, script) { }

    private FakeQmp(string greeting, string[] script)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen();
        _served = ServeAsync(greeting, script);
    }

    public string Path => System.IO.Path.Combine(_folder, "qmp.sock");

    public List<string> Received { get; } = [];

    public static FakeQmp Greeted(string greeting, params string[] script) => new(greeting, script);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await Task.WhenAny(_served);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ServeAsync(string greeting, string[] script)
    {
        using var client = await _listener.AcceptAsync();
        await using var stream = new NetworkStream(client);
        using var reader = new StreamReader(stream);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(greeting + "\n"));
        // Then the connection is closed.
        foreach (var answer in script)
        {
            if (await reader.ReadLineAsync() is not { } line)
                return;
            Received.Add(line);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\n"));
        }
    }
}
