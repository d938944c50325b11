using ContainerHost.Media;
using ContainerHost.Media.Releases;

namespace ContainerHost.Runtimes;

/// <summary>One thing that was put into a guest; a line of the host's lock file. The digest is SHA-256 in lower-case hex.</summary>
public sealed record InstalledArtifact(string Name, string Version, string Origin, string Sha256)
{
    internal static InstalledArtifact Of(PinnedFile file) =>
        new(file.Name, file.Version, PublicAddress.Of(file.Source), file.Sha256);
}
