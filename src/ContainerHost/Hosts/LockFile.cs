using System.Text.Json;
using System.Text.Json.Serialization;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Media;
using ContainerHost.Runtimes;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>The file host.lock.json: every artifact a host was made from, with version, origin and digest (SHA-256).</summary>
internal sealed record LockFile(int SchemaVersion, IReadOnlyList<InstalledArtifact> Artifacts)
{
    private const string Medium = "boot-media";

    /// <summary>The boot medium's fingerprint; null when there is none.</summary>
    [JsonIgnore]
    public string? Fingerprint => Find(Medium)?.Version;

    /// <summary>True for a host that was cloned from a template, which no build makes again.</summary>
    [JsonIgnore]
    public bool IsOfClone => Find(Medium)?.Origin.StartsWith("template:", StringComparison.Ordinal) == true;

    /// <summary>The host's own lock file: in its folder, or beside it while the host is to be made anew.</summary>
    public static string Of(HostFolder folder) =>
        !File.Exists(folder.LockFile) && File.Exists(folder.KeptLockFile) ? folder.KeptLockFile : folder.LockFile;

    /// <summary>Writes the boot medium and the runtime's packages, sorted by name.</summary>
    public static async Task WriteAsync(
        HostFolder folder,
        BootMedia media,
        HostState state,
        CancellationToken cancellationToken
    )
    {
        var file = new LockFile(SchemaVersion: 1, List(media, state));
        await AtomicFile.WriteTextAsync(
            folder.LockFile,
            JsonSerializer.Serialize(file, SpecificationJson.Options) + "\n",
            cancellationToken
        );
        File.Delete(folder.KeptLockFile);
    }

    /// <exception cref="InvalidInputException">It is not there, damaged, or of a newer format.</exception>
    public static async Task<LockFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new InvalidInputException([
                $"--locked needs a lock file; there is none at {path}. Give one with --lock-file, or leave --locked away.",
            ]);
        try
        {
            return VersionedJson.Read<LockFile>(await File.ReadAllTextAsync(path, cancellationToken), newest: 1);
        }
        catch (VersionedJsonException unreadable)
        {
            throw new InvalidInputException([$"--lock-file '{path}' is not valid: it {unreadable.Message}."]);
        }
    }

    /// <summary>Refuses a medium that is not the locked one; a disk in VHDX is known by its source, since two conversions differ.</summary>
    public void Require(BootMedia media)
    {
        var locked = Find(Medium) ?? throw LockErrors.Lacks("a boot medium");
        if (locked.Version != media.Fingerprint)
            throw LockErrors.Differs("the boot medium", locked.Version, media.Fingerprint);
        if (media is not BaseDisk { Format: DiskFormat.Vhdx } && locked.Sha256 != media.Sha256)
            throw LockErrors.Differs("the boot medium's SHA-256", locked.Sha256, media.Sha256);
    }

    /// <summary>Refuses something that is about to go into a guest and is not locked.</summary>
    public void Require(InstalledArtifact artifact)
    {
        if (Artifacts.All(one => Identity(one) != Identity(artifact)))
            throw LockErrors.Differs(
                artifact.Name,
                Find(artifact.Name) is { } locked ? Identity(locked) : "no such artifact",
                Identity(artifact)
            );
    }

    public InstalledArtifact? Find(string name) => Artifacts.FirstOrDefault(one => one.Name == name);

    /// <summary>Refuses a host that was not made of the locked artifacts, all of them and no others.</summary>
    public void Require(HostState host)
    {
        var locked = Artifacts.Where(one => one.Name != Medium).Select(Identity).ToHashSet(StringComparer.Ordinal);
        var found = All(host).Select(Identity).ToHashSet(StringComparer.Ordinal);
        if (found.Except(locked).FirstOrDefault() is { } extra)
            throw LockErrors.Differs("the runtime", "no such artifact", extra);
        if (locked.Except(found).FirstOrDefault() is { } missing)
            throw LockErrors.Differs("the runtime", missing, "no such artifact in the host");
    }

    /// <summary>The boot medium first, then the runtime's packages by name.</summary>
    public static IReadOnlyList<InstalledArtifact> List(BootMedia media, HostState state) =>
        [
            new InstalledArtifact(Medium, media.Fingerprint, media.Origin, media.Sha256),
            .. All(state).OrderBy(artifact => artifact.Name, StringComparer.Ordinal),
        ];

    private static IEnumerable<InstalledArtifact> All(HostState state) =>
        [.. state.GuestArtifacts ?? [], .. state.Runtime?.Artifacts ?? []];

    private static string Identity(InstalledArtifact artifact) =>
        $"{artifact.Name} {artifact.Version} (SHA-256 {artifact.Sha256})";
}
