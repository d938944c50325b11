using System.Net;
using System.Text.Json.Nodes;

namespace ContainerHost.Guests.Debian;

/// <summary>Reads what <c>ip -json address</c> prints.</summary>
internal static class IpAddresses
{
    /// <summary>The IPv4 addresses that others can use: no loopback, no link-local (RFC 3927).</summary>
    public static IReadOnlyList<string> Parse(string json) =>
        [
            .. (JsonNode.Parse(json) as JsonArray ?? [])
                .SelectMany(link => link?["addr_info"] as JsonArray ?? [])
                .Select(address => address?["local"]?.GetValue<string>())
                .OfType<string>()
                .Where(IsUsable),
        ];

    private static bool IsUsable(string text) =>
        IPAddress.TryParse(text, out var address)
        && address.GetAddressBytes() is [var first, var second, _, _]
        && first != 127
        && !(first == 169 && second == 254);
}
