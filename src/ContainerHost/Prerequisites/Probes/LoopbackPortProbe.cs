using System.Net;
using System.Net.Sockets;

namespace ContainerHost.Prerequisites.Probes;

/// <summary>Takes a free port on 127.0.0.1 for a moment.</summary>
internal sealed class LoopbackPortProbe : IProbe
{
    public Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port: 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            return Task.FromResult(new Finding(true, $"port {port} was free"));
        }
        catch (SocketException exception)
        {
            return Task.FromResult(new Finding(false, exception.Message));
        }
    }
}
