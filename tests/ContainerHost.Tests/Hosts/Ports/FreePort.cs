using System.Net;
using System.Net.Sockets;

namespace ContainerHost.Tests.Hosts.Ports;

internal static class FreePort
{
    /// <summary>A port of this machine that nobody has just now; the kernel gives others in turn.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
