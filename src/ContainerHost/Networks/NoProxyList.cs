using System.Net;

namespace ContainerHost.Networks;

/// <summary>
/// The places that are reached without a proxy, as curl and Go read NO_PROXY: names with all that is below them, addresses, networks in CIDR
/// form, each perhaps with a port; <c>*</c> is every place.
/// </summary>
internal sealed class NoProxyList(string? text)
{
    public IReadOnlyList<string> Entries { get; } =
        (text ?? "").Split(
            [',', ';', ' ', '\t', '\r', '\n'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );

    public bool Has(Uri place) => Entries.Any(entry => entry == "*" || Fits(entry, place));

    private static bool Fits(string entry, Uri place)
    {
        if (IPAddress.TryParse(place.IdnHost.Trim('[', ']'), out var address))
        {
            // An IPv6 address has colons of its own, and takes a port in brackets only.
            if (IPNetwork.TryParse(entry, out var network))
                return network.Contains(address);
            if (IPAddress.TryParse(entry.Trim('[', ']'), out var one))
                return one.Equals(address);
        }
        var (name, port) = entry.LastIndexOf(':') is > 0 and var at ? (entry[..at], entry[(at + 1)..]) : (entry, null);
        name = name.Trim('[', ']').TrimStart('*').TrimStart('.');
        var host = place.IdnHost.Trim('[', ']');
        return name.Length > 0
            && (port is null || port == $"{place.Port}")
            && (
                host.Equals(name, StringComparison.OrdinalIgnoreCase)
                || host.EndsWith($".{name}", StringComparison.OrdinalIgnoreCase)
            );
    }
}
