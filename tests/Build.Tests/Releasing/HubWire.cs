using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Build.Tests.Releasing;

/// <summary>The way to a hub, whose connections can be cut: <see cref="HttpListener"/> itself ends each answer properly.</summary>
internal sealed class HubWire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<int, TcpClient> _clients = [];
    private readonly int _hub;

    public HubWire(int hub)
    {
        _hub = hub;
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Resets the connection that a request came by.</summary>
    public void Cut(HttpListenerRequest request)
    {
        var client = _clients[request.RemoteEndPoint.Port].Client;
        client.LingerState = new LingerOption(true, 0);
        client.Close();
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = RelayAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var hub = new TcpClient(AddressFamily.InterNetwork);
        try
        {
            await hub.ConnectAsync(IPAddress.Loopback, _hub);
            _clients[((IPEndPoint)hub.Client.LocalEndPoint!).Port] = client;
            var there = client.GetStream().CopyToAsync(hub.GetStream());
            await Task.WhenAny(there, hub.GetStream().CopyToAsync(client.GetStream()));
        }
        catch (Exception cut)
            when (cut is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One side is gone.
        }
        client.Dispose();
    }
}
