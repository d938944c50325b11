using ContainerHost.Guests;
using ContainerHost.Runtimes.Containerd;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Runtimes.Windows;

/// <summary>containerd on Windows, driven by nerdctl; BuildKit builds images. Both kinds of container are the runtime's own.</summary>
internal sealed class WindowsContainerd(IGuestShell shell, WindowsReleases releases, HostSpec spec)
    : DockerLikeRuntime(shell, TimeLimits.WindowsContainer, new NerdctlCommands())
{
    private const string Service = "containerd";

    public override async Task<RuntimeInfo> InstallAsync(bool vmIsolation, CancellationToken cancellationToken)
    {
        var artifacts = await releases.InstallAsync(
            spec.RuntimeVersion ?? VersionWish.Latest,
            vmIsolation,
            cancellationToken
        );
        var subnet = spec.Windows?.ContainerSubnet ?? ContainerSubnet.Default;
        await Shell.RunScriptAsync(
            "Runtimes.Windows.configure-containerd.ps1",
            "configure containerd in the guest",
            TimeLimits.WindowsContainer,
            cancellationToken,
            $"{subnet}",
            subnet.Gateway,
            NerdctlCommands.Namespace
        );
        if (spec.Windows?.BaseImage is { } image)
            await ImportAsync(image, cancellationToken);
        return await InspectAsync(cancellationToken) with { Artifacts = artifacts };
    }

    public override async Task<RuntimeInfo> InspectAsync(CancellationToken cancellationToken)
    {
        await RequireServiceAsync(Service, cancellationToken);
        var said = await CheckedAsync(NerdctlCommands.Version, "ask containerd for its version", cancellationToken);
        return new RuntimeInfo(RuntimeKind.Containerd, ContainerdCommands.ReadVersion(said), Service, []);
    }

    public override Task RemoveImageAsync(string image, CancellationToken cancellationToken) =>
        CheckedAsync(Client("rmi", "--force", image), $"remove the image '{image}'", cancellationToken);
}
