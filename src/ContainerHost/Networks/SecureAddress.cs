namespace ContainerHost.Networks;

/// <summary>Secrets leave this machine over TLS only.</summary>
internal static class SecureAddress
{
    public static bool IsSecure(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}
