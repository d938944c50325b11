using System.Text.Json;
using ContainerHost.Files;
using ContainerHost.Media;
using ContainerHost.Runtimes;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>The file host.lock.json: every artifact a host was made from, with version, origin and digest (SHA-256).</summary>
public sealed record LockFile(int SchemaVersion, IReadOnlyList<InstalledArtifact> Artifacts)
{
    /// <summary>Writes the boot medium and the runtime's packages, sorted by name.</summary>
    public static Task WriteAsync(
        HostFolder folder,
        BootMedia media,
        RuntimeInfo runtime,
        CancellationToken cancellationToken
    )
    {
        var file = new LockFile(SchemaVersion: 1, List(media, runtime));
        return AtomicFile.WriteTextAsync(
            folder.Artifacts,
            JsonSerializer.Serialize(file, SpecificationJson.Options) + "\n",
            cancellationToken
        );
    }

    /// <summary>The boot medium first, then the runtime's packages by name.</summary>
    public static IReadOnlyList<InstalledArtifact> List(BootMedia media, RuntimeInfo? runtime) =>
        [
            new InstalledArtifact("boot-media", media.Fingerprint, media.Origin, media.Sha256),
            .. (runtime?.Artifacts ?? []).OrderBy(artifact => artifact.Name, StringComparer.Ordinal),
        ];
}
