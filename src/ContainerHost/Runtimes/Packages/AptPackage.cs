using ContainerHost.Media;

namespace ContainerHost.Runtimes.Packages;

/// <summary>A package as the guest's apt resolved it: where it comes from and what it must be.</summary>
internal sealed record AptPackage(string Name, string Version, Uri Uri, string File, string Sha256, long Size)
{
    public InstalledArtifact ToArtifact() => new(Name, Version, PublicAddress.Of(Uri), Sha256);
}
