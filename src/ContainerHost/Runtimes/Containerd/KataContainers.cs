using ContainerHost.Guests;
using ContainerHost.Media.Releases;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Runtimes.Containerd;

/// <summary>Containers in VMs of Kata Containers, a runtime that containerd starts by its name; it comes whole from its maker's release, below /opt/kata.</summary>
internal sealed class KataContainers(IGuestShell shell, RuntimeSources sources, ContainerNamespaces namespaces)
    : IContainerdVms
{
    /// <summary>The runtime's name, by which containerd finds the program <c>containerd-shim-kata-v2</c> (containerd's "Runtime v2").</summary>
    public const string Runtime = "io.containerd.kata.v2";

    /// <summary>What unpacks it.</summary>
    public static readonly IReadOnlyList<string> Packages = ["zstd", "xz-utils"];

    public async Task<IReadOnlyList<InstalledArtifact>> InstallAsync(CancellationToken cancellationToken)
    {
        var file = await sources.FindAsync(ReleaseComponent.KataForLinux, VersionWish.Latest, cancellationToken);
        var archive = await sources.UploadAsync(file, shell, cancellationToken);
        await shell.RunScriptAsync(
            "Runtimes.Containerd.install-kata.sh",
            $"install Kata Containers {file.Version} in the guest",
            TimeLimits.ReleaseInstallation,
            cancellationToken,
            archive
        );
        return [InstalledArtifact.Of(file)];
    }

    public Task<ContainerResult> RunAsync(ContainerRun run, CancellationToken cancellationToken) =>
        namespaces.RunAsync(run, cancellationToken, Runtime);
}
