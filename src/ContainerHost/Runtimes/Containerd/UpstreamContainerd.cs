using ContainerHost.Guests;
using ContainerHost.Media.Releases;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Runtimes.Containerd;

/// <summary>containerd and nerdctl from their makers' releases, under /usr/local, in a Debian guest that has runc and CNI's plugins already.</summary>
internal sealed class UpstreamContainerd(IGuestShell shell, RuntimeSources sources)
{
    /// <summary>Installs it and starts it as a service; the same version again changes nothing.</summary>
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
            archives.Add(await sources.UploadAsync(file, shell, cancellationToken));
        await shell.RunScriptAsync(
            "Runtimes.Containerd.install-release.sh",
            $"install containerd {files[0].Version} in the guest",
            TimeLimits.ReleaseInstallation,
            cancellationToken,
            archives
        );
        return [.. files.Select(InstalledArtifact.Of)];
    }
}
