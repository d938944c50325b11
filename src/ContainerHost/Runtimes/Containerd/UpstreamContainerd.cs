using ContainerHost.Guests;
using ContainerHost.Media.Releases;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Runtimes.Containerd;

/// <summary>containerd and nerdctl from their makers' releases, under /usr/local, in a Debian guest that has runc and CNI's plugins already.</summary>
internal sealed class UpstreamContainerd(IGuestShell shell, RuntimeSources sources)
{
    private const string GuestFolder = "/var/lib/containerhost/releases";
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Installs the wished version and starts it as a service; the same version again changes nothing.</summary>
    public async Task<IReadOnlyList<InstalledArtifact>> InstallAsync(
        VersionWish wish,
        CancellationToken cancellationToken
    )
    {
        PinnedFile[] files =
        [
            await sources.FindAsync(ReleaseComponent.ContainerdForLinux, wish, cancellationToken),
            await sources.FindAsync(ReleaseComponent.NerdctlForLinux, VersionWish.Latest, cancellationToken),
        ];
        var archives = new List<string>();
        foreach (var file in files)
        {
            var path = await sources.Artifacts.FetchAsync(file.Source, file.Sha256, file.Size, cancellationToken);
            var archive = $"{GuestFolder}/{file.Name}-{Fingerprint.OfDigest(file.Sha256)}.tar.gz";
            await shell.UploadAsync(path, archive, Mode, cancellationToken);
            archives.Add(archive);
        }
        await shell.RunScriptAsync(
            GuestScript.Load("Runtimes.Containerd.install-release.sh"),
            $"install containerd {files[0].Version} in the guest",
            TimeLimits.ReleaseInstallation,
            cancellationToken,
            archives
        );
        return [.. files.Select(InstalledArtifact.Of)];
    }
}
