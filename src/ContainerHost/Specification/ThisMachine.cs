using System.Net;
using System.Net.NetworkInformation;

namespace ContainerHost.Specification;

/// <summary>Knows the names of this machine, so that a host given by one of them is reached as local.</summary>
internal static class ThisMachine
{
    public static bool Is(string name)
    {
        if (IPAddress.TryParse(name, out var address))
            return IPAddress.IsLoopback(address)
                || NetworkInterface
                    .GetAllNetworkInterfaces()
                    .SelectMany(one => one.GetIPProperties().UnicastAddresses)
                    .Any(one => one.Address.Equals(address));
        var here = IPGlobalProperties.GetIPGlobalProperties();
        string[] names =
        [
            "localhost",
            ".",
            Environment.MachineName,
            here.HostName,
            $"{here.HostName}.{here.DomainName}",
        ];
        return names.Contains(
            name.TrimEnd('.') is { Length: > 0 } trimmed ? trimmed : name,
            StringComparer.OrdinalIgnoreCase
        );
    }
}
