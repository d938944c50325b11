using System.Text.Json.Nodes;
using ContainerHost.Specification;

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
                .Where(UsableAddress.Is),
        ];
}
