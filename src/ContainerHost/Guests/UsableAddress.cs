using System.Net;

namespace ContainerHost.Guests;

/// <summary>Tells addresses that others can use from those that they cannot.</summary>
internal static class UsableAddress
{
    /// <summary>True for an IPv4 address that is neither loopback nor link-local (RFC 3927).</summary>
    public static bool Is(string text) =>
        IPAddress.TryParse(text, out var address)
        && address.GetAddressBytes() is [var first, var second, _, _]
        && first != 127
        && !(first == 169 && second == 254);
}
