using System.Net.Sockets;
using System.Text;

namespace ContainerHost.Machines.Qemu;

/// <summary>Connects to Unix sockets, however long their paths are.</summary>
internal static class UnixSocket
{
    private const int LongestPath = 107; // The bytes that a Unix socket's address may have (unix(7)).

    public static async Task<Stream> OpenAsync(string socketPath, CancellationToken cancellationToken)
    {
        var link = Encoding.UTF8.GetByteCount(socketPath) > LongestPath ? LinkToFolderOf(socketPath) : null;
        var path = link is null ? socketPath : Path.Combine(link, Path.GetFileName(socketPath));
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
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

    private static string LinkToFolderOf(string socketPath)
    {
        var link = Path.Combine(Path.GetTempPath(), $"ch-{Guid.NewGuid():N}");
        Directory.CreateSymbolicLink(link, Path.GetDirectoryName(socketPath)!);
        return link;
    }
}
