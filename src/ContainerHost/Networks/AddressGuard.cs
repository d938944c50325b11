using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ContainerHost.Networks;

/// <summary>
/// Where a guest may send this machine: nowhere on this machine itself nor on its link, where clouds keep their machines' credentials, but for
/// the archives that this machine's own apt names.
/// </summary>
internal sealed partial class AddressGuard(IReadOnlyCollection<string> trusted)
{
    // Outside 169.254.0.0/16: instance metadata of AWS (IMDS over IPv6), Azure (WireServer), Alibaba Cloud and Oracle Cloud, by their documentation.
    private static readonly IPAddress[] Metadata =
    [
        IPAddress.Parse("fd00:ec2::254"),
        IPAddress.Parse("168.63.129.16"),
        IPAddress.Parse("100.100.100.200"),
        IPAddress.Parse("192.0.0.192"),
    ];

    private static readonly string[] AptsFiles = ["sources.list", "sources.list.d"];

    /// <summary>With the hosts that the files of this machine's apt name.</summary>
    public static AddressGuard OfThisMachine => new(HostsOf("/etc/apt"));

    public bool Allows(string host, IPAddress address) =>
        trusted.Contains(host, StringComparer.OrdinalIgnoreCase) || !IsNear(address);

    /// <summary>False when the place's name leads to such an address; a name that only a proxy knows leads to none of ours.</summary>
    public async Task<bool> AllowsAsync(Uri place, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await AddressesOfAsync(place.IdnHost, cancellationToken);
            return addresses.All(address => Allows(place.IdnHost, address));
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>The addresses of a name, or the address that it is.</summary>
    public static async Task<IPAddress[]> AddressesOfAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host, out var address)
            ? [address]
            : await Dns.GetHostAddressesAsync(host, cancellationToken);

    private static bool IsNear(IPAddress given)
    {
        var address = given.IsIPv4MappedToIPv6 ? given.MapToIPv4() : given;
        return IPAddress.IsLoopback(address)
            || address.IsIPv6LinkLocal
            || address.Equals(IPAddress.Any)
            || address.Equals(IPAddress.IPv6Any)
            || Metadata.Contains(address)
            // The first network is "this host" (RFC 1122, 3.2.1.3), which Linux takes for itself; the second is link-local (RFC 3927).
            || address.GetAddressBytes() is [0, _, _, _] or [169, 254, _, _];
    }

    private static IReadOnlyCollection<string> HostsOf(string folder) =>
        Directory.Exists(folder)
            ?
            [
                .. AptsFiles
                    .Select(name => Path.Combine(folder, name))
                    .SelectMany(path => Directory.Exists(path) ? Directory.GetFiles(path) : [path])
                    .Where(File.Exists)
                    .SelectMany(path => Address().Matches(File.ReadAllText(path)))
                    .Select(match => match.Groups["host"].Value.Trim('[', ']')),
            ]
            : [];

    [GeneratedRegex(@"https?://(?:[^/\s@]*@)?(?<host>\[[^\]\s]+\]|[^/\s:]+)")]
    private static partial Regex Address();
}
