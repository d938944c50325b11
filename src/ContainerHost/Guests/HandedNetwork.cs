using System.Text.Json;
using ContainerHost.Networks;
using ContainerHost.Specification;

namespace ContainerHost.Guests;

/// <summary>What a guest is told of the network around it: a proxy ("none" takes it away), what is reached without it, and authorities as PEM; empty for none.</summary>
internal sealed record HandedNetwork(string Proxy, string Direct, IReadOnlyList<string> Authorities)
{
    /// <summary>What was asked for; null where that is nothing.</summary>
    public static HandedNetwork? Of(HostSpec spec) =>
        !IsAsked(spec)
            ? null
            : new HandedNetwork(
                spec.GuestProxy ?? "",
                string.Join(',', ["localhost", "127.0.0.1", "::1", .. EnvironmentProxy.OfThisMachine.Direct]),
                spec.CaFile is { } file
                    ? [.. TrustedAuthorities.Read(file).Select(one => one.ExportCertificatePem() + "\n")]
                    : []
            );

    public static bool IsAsked(HostSpec spec) => spec is not { GuestProxy: null, CaFile: null };

    /// <summary>Puts it into a file of the guest that only its administrator may read: it may have a password, and be longer than an argument.</summary>
    public Task PutAsync(IGuestShell shell, string guestPath, CancellationToken cancellationToken) =>
        shell.PutSecretAsync(JsonSerializer.Serialize(this, SpecificationJson.Options), guestPath, cancellationToken);
}
