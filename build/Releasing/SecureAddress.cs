namespace Releasing;

/// <summary>Secrets leave this machine over TLS only.</summary>
internal static class SecureAddress
{
    public static bool IsSecure(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    /// <exception cref="ReleaseException">It is neither TLS nor this machine.</exception>
    public static void Require(Uri address, string attempted)
    {
        if (!IsSecure(address))
            throw new ReleaseException(
                attempted,
                $"{address.GetLeftPart(UriPartial.Path)} is no https:// address, and a secret would go there in the clear",
                "correct the server's settings, which name this address."
            );
    }
}
