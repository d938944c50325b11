using System.Globalization;
using System.Net;

namespace ContainerHost.Processes;

/// <summary>Who listens on a port of this machine, as far as Linux tells (proc(5), <c>/proc/net/tcp</c>).</summary>
internal static class PortHolder
{
    private const string Listens = "0A";

    /// <summary>A process that has the port at that IPv4 address, or at all; null where none is seen, others' processes included.</summary>
    public static RunningProcess? Find(IPAddress address, int port, bool isUdp)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        string[] tables = isUdp ? ["udp", "udp6"] : ["tcp", "tcp6"];
        var sockets = tables.SelectMany(table => SocketsIn($"/proc/net/{table}", address, port, isUdp)).ToHashSet();
        return sockets.Count == 0 ? null : RunningProcess.List().FirstOrDefault(process => HasAny(process, sockets));
    }

    private static IEnumerable<string> SocketsIn(string table, IPAddress address, int port, bool isUdp)
    {
        if (!File.Exists(table))
            yield break;
        foreach (var line in File.ReadLines(table).Skip(1))
        {
            // "sl  local_address rem_address  st  tx_queue:rx_queue tr:tm->when retrnsmt  uid timeout inode"
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 10 || (!isUdp && fields[3] != Listens))
                continue;
            var local = fields[1].Split(':');
            if (int.Parse(local[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture) != port)
                continue;
            // Words of 32 bits as they are in memory; of an IPv6 address the last is the IPv4 one, or 0 for every address.
            var word = uint.Parse(local[0][^8..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var own = new IPAddress(BitConverter.GetBytes(word));
            if (own.Equals(address) || own.Equals(IPAddress.Any) || address.Equals(IPAddress.Any))
                yield return $"socket:[{fields[9]}]";
        }
    }

    private static bool HasAny(RunningProcess process, HashSet<string> sockets)
    {
        try
        {
            return Directory
                .EnumerateFileSystemEntries($"/proc/{process.Id}/fd")
                .Any(entry => new FileInfo(entry).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
