using System.Net;

namespace ContainerHost.Specification;

/// <summary>Tells addresses that others can use from those that they cannot.</summary>
internal static class UsableAddress
{
    /// <summary>True for an IPv4 address that somebody gave: none of this network (0/8) or loopback, nor one taken for want of an answer (169.254/16, RFC 3927).</summary>
    public static bool Is(string text) =>
        IPAddress.TryParse(text, out var address)
        && address.GetAddressBytes() is [_, _, _, _] and not [0, ..] and not [127, ..] and not [169, 254, ..];
}
