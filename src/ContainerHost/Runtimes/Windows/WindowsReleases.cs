using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Media.Releases;
using ContainerHost.Specification;
using Semver;

namespace ContainerHost.Runtimes.Windows;

/// <summary>Installs the releases that containerd on Windows is made of in a guest, which needs no network for them.</summary>
internal sealed class WindowsReleases(IGuestShell shell, RuntimeSources sources)
{
    private const string Programs = @"containerd\bin";
    private static readonly string[] Services = ["buildkitd", "containerd"];

    // Where the programs lie in the archive, and where they go.
    private static readonly (ReleaseComponent Component, string Below, string Target)[] Parts =
    [
        (ReleaseComponent.ContainerdForWindows, "bin", Programs),
        (ReleaseComponent.NerdctlForWindows, "", Programs),
        (ReleaseComponent.WindowsCni, "", @"containerd\cni\bin"),
        (ReleaseComponent.BuildKitForWindows, "bin", Programs),
    ];

    /// <summary>Installs containerd in that version and the others in their latest, all found before the first is touched.</summary>
    public async Task<IReadOnlyList<InstalledArtifact>> InstallAsync(
        VersionWish wish,
        bool vmIsolation,
        CancellationToken cancellationToken
    )
    {
        var files = new List<PinnedFile>();
        foreach (var (component, _, _) in Parts)
        {
            var wanted = component == ReleaseComponent.ContainerdForWindows ? wish : VersionWish.Latest;
            files.Add(await sources.FindAsync(component, wanted, cancellationToken));
        }
        if (vmIsolation)
            RefuseBroken(files[0]);
        var archive = new ProgramArchive(shell);
        foreach (var (file, (_, below, target)) in files.Zip(Parts))
        {
            var path = await sources.Artifacts.FetchAsync(file.Source, file.Sha256, file.Size, cancellationToken);
            await archive.InstallAsync(file, path, target, below, Services, cancellationToken);
        }
        return [.. files.Select(InstalledArtifact.Of)];
    }

    // They send a layer's filter that the images' own machines do not know: "virtual machine or container JSON document is invalid"
    // (containerd/containerd, 13254; microsoft/hcsshim, 2714).
    private static void RefuseBroken(PinnedFile containerd)
    {
        if (
            !SemVersion.TryParse(containerd.Version, out var version)
            || version.Major != 2
            || version.Minor != 3
            || version.Patch > 2
        )
            return;
        throw new ContainerHostException(
            $"install containerd {containerd.Version} for Hyper-V containers",
            "2.3.0 to 2.3.2 start none of them (containerd's issue 13254)",
            "give --runtime-version '>=2.3.3' or 2.2, or --isolation Process."
        );
    }
}
