using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ContainerHost.Networks;

/// <summary>
/// Where a guest may send this machine: nowhere on this machine itself nor on its link, where clouds keep their machines' credentials, but for
/// the archives that this machine's own apt names, as <c>host:port</c>.
/// </summary>
internal sealed partial class AddressGuard(IReadOnlyCollection<string> trusted)
{
    // Outside 169.254.0.0/16: instance metadata of AWS and Google Cloud over IPv6, Azure (WireServer), Alibaba Cloud and Oracle Cloud, by their documentation.
    private static readonly IPAddress[] Metadata =
    [
        IPAddress.Parse("fd00:ec2::254"),
        IPAddress.Parse("fd20:ce::254"),
        IPAddress.Parse("168.63.129.16"),
        IPAddress.Parse("100.100.100.200"),
        IPAddress.Parse("192.0.0.192"),
    ];

    private static readonly string[] AptsFiles = ["sources.list", "sources.list.d"];

    /// <summary>With the archives that the files of this machine's apt name.</summary>
    public static AddressGuard OfThisMachine => new(PlacesOf("/etc/apt"));

    public bool Allows(string host, int port, IPAddress address) =>
        trusted.Contains($"{host}:{port}", StringComparer.OrdinalIgnoreCase) || !IsNear(address);

    /// <summary>False when the place's name leads to such an address; a name that only a proxy knows leads to none of ours.</summary>
    public async Task<bool> AllowsAsync(Uri place, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await AddressesOfAsync(place.IdnHost, cancellationToken);
            return addresses.All(address => Allows(place.IdnHost, place.Port, address));
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
        var address = Unwrap(given);
        return IPAddress.IsLoopback(address)
            || address.IsIPv6LinkLocal
            || address.Equals(IPAddress.Any)
            || address.Equals(IPAddress.IPv6Any)
            || Metadata.Contains(address)
            // The first network is "this host" (RFC 1122, 3.2.1.3), which Linux takes for itself; the second is link-local (RFC 3927).
            || address.GetAddressBytes() is [0, _, _, _] or [169, 254, _, _]
            || IsThisMachines(address);
    }

    // An IPv4 address in an IPv6 one: mapped (RFC 4291, 2.5.5.2), or by NAT64's own prefix 64:ff9b::/96 (RFC 6052, 2.1).
    private static IPAddress Unwrap(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.GetAddressBytes() is [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, .. { Length: 4 } inner]
            ? new IPAddress(inner)
        : address;

    private static bool IsThisMachines(IPAddress address)
    {
        try
        {
            return NetworkInterface
                .GetAllNetworkInterfaces()
                .SelectMany(one => one.GetIPProperties().UnicastAddresses)
                .Any(own => own.Address.GetAddressBytes().SequenceEqual(address.GetAddressBytes()));
        }
        catch (NetworkInformationException)
        {
            return false;
        }
    }

    internal static IReadOnlyCollection<string> PlacesOf(string folder) =>
        [
            .. AptsFiles
                .Select(name => Path.Combine(folder, name))
                .SelectMany(path => Look(() => Directory.Exists(path) ? Directory.GetFiles(path) : [path]))
                // Apt leaves others alone (sources.list(5)).
                .Where(path => Path.GetExtension(path) is ".list" or ".sources")
                .SelectMany(path => Look(() => File.Exists(path) ? File.ReadAllLines(path) : []))
                .SelectMany(line => Address().Matches(line.Split('#')[0]))
                .Select(match => Uri.TryCreate(match.Value, UriKind.Absolute, out var place) ? place : null)
                .OfType<Uri>()
                .Select(place => $"{place.IdnHost}:{place.Port}"),
        ];

    // A list with a password is its owner's; what cannot be read trusts nobody.
    private static string[] Look(Func<string[]> look)
    {
        try
        {
            return look();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    [GeneratedRegex(@"https?://(?:[^/\s@]*@)?(?:\[[^\]\s]+\])?[^\s\]]*")]
    private static partial Regex Address();
}
