using ContainerHost.Networks;
using ContainerHost.Specification;

namespace ContainerHost.Guests;

/// <summary>What a guest is told of the network around it: a proxy, what is reached without it, and authorities as PEM; empty for none.</summary>
internal sealed record HandedNetwork(string Proxy, string Direct, string Authorities)
{
    /// <summary>What was asked for; null where that is nothing.</summary>
    public static HandedNetwork? Of(HostSpec spec) =>
        spec is { GuestProxy: null, CaFile: null }
            ? null
            : new HandedNetwork(
                spec.GuestProxy ?? "",
                string.Join(',', ["localhost", "127.0.0.1", "::1", .. EnvironmentProxy.OfThisMachine.Direct]),
                spec.CaFile is { } file ? TrustedAuthorities.Read(file).ExportCertificatePems() : ""
            );

    public IReadOnlyList<string> Arguments => [Proxy, Direct, Authorities];
}
