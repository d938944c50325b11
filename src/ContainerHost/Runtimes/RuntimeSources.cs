using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Media;
using ContainerHost.Media.Releases;
using ContainerHost.Progress;
using ContainerHost.Runtimes.Relay;
using ContainerHost.Specification;

namespace ContainerHost.Runtimes;

/// <summary>Where runtimes come from: the cache of files, the releases of their makers, and the versions that must be taken.</summary>
internal sealed record RuntimeSources
{
    public required IArtifactCache Artifacts { get; init; }

    /// <summary>The ways of guests to their archives through this machine; null to leave them to their own network.</summary>
    public GuestRelays? Relays { get; init; }

    public required IReleases Releases { get; init; }

    /// <summary>Where what is fetched and installed can be seen; nobody looks by default.</summary>
    public ProgressBoard Progress { get; init; } = new(TimeProvider.System);

    /// <summary>The version of the maker's own release that is wanted; null for the distribution's packages.</summary>
    public VersionWish? Version { get; init; }

    /// <summary>The artifacts of a lock file: these and no others are installed; null to resolve them anew.</summary>
    public IReadOnlyList<InstalledArtifact>? Locked { get; init; }

    /// <summary>The file of a component: the locked one, else the newest that the wish allows, else the one that is known by its digest.</summary>
    internal async Task<PinnedFile> FindAsync(
        ReleaseComponent component,
        VersionWish wish,
        CancellationToken cancellationToken
    )
    {
        if (Locked is not null)
            return FindLocked(component.Name);
        try
        {
            return await Releases.FindAsync(component, wish, cancellationToken);
        }
        catch (ContainerHostException) when (component.Pin is { } pin && wish == VersionWish.Latest)
        {
            return pin;
        }
    }

    internal PinnedFile FindLocked(string name)
    {
        var locked = Locked?.FirstOrDefault(one => one.Name == name && !LockedPackages.IsPackage(one));
        return locked is null
            ? throw LockErrors.Lacks(name)
            : new PinnedFile(locked.Name, locked.Version, new Uri(locked.Origin), locked.Sha256, Size: null);
    }

    /// <summary>Puts a file, fetched once, into a Debian guest, and returns its path there.</summary>
    internal async Task<string> UploadAsync(PinnedFile file, IGuestShell shell, CancellationToken cancellationToken)
    {
        var path = await Artifacts.FetchAsync(file.Source, file.Sha256, file.Size, cancellationToken);
        var name = $"{file.Name}-{Fingerprint.OfDigest(file.Sha256)}{Path.GetExtension(path)}";
        var archive = $"/var/lib/containerhost/releases/{name}";
        await shell.UploadAsync(path, archive, UnixFileMode.UserRead | UnixFileMode.UserWrite, cancellationToken);
        return archive;
    }
}
