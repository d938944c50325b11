using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Runtimes.Windows;

/// <summary>containerd on Windows, driven by nerdctl; BuildKit builds images. Both kinds of container are the runtime's own.</summary>
internal sealed class WindowsContainerd(IGuestShell shell, WindowsReleases releases, HostSpec spec)
    : DockerLikeRuntime(shell, TimeLimits.WindowsContainer)
{
    private readonly WindowsService _service = new(shell, "containerd");

    public override RuntimeKind Kind => RuntimeKind.Containerd;

    protected override Command ListCommand => NerdctlCommands.List;

    public override async Task<RuntimeInfo> InstallAsync(bool vmIsolation, CancellationToken cancellationToken)
    {
        var artifacts = await releases.InstallAsync(spec.RuntimeVersion ?? VersionWish.Latest, cancellationToken);
        var subnet = spec.Windows?.ContainerSubnet ?? ContainerSubnet.Default;
        await Shell.RunScriptAsync(
            GuestScript.Load("Runtimes.Windows.configure-containerd.ps1"),
            "configure containerd in the guest",
            Limit,
            cancellationToken,
            $"{subnet}",
            subnet.Gateway
        );
        if (spec.Windows?.BaseImage is { } image)
            await BaseImage.ImportAsync(image, Shell, NerdctlCommands.Of, Limit, cancellationToken);
        return await InspectAsync(cancellationToken) with { Artifacts = artifacts };
    }

    public override async Task<RuntimeInfo> InspectAsync(CancellationToken cancellationToken)
    {
        await _service.RequireRunningAsync(cancellationToken);
        var said = await CheckedAsync(NerdctlCommands.Version, "ask containerd for its version", cancellationToken);
        return new RuntimeInfo(Kind, NerdctlCommands.ReadVersion(said.StandardOutput), _service.Name, []);
    }

    public override Task BuildImageAsync(string guestFolder, string image, CancellationToken cancellationToken) =>
        CheckedAsync(NerdctlCommands.Build(guestFolder, image), $"build the image '{image}'", cancellationToken);

    public override Task RemoveImageAsync(string image, CancellationToken cancellationToken) =>
        CheckedAsync(NerdctlCommands.Of("rmi", "--force", image), $"remove the image '{image}'", cancellationToken);

    protected override Command Client(params IReadOnlyList<string> words) => NerdctlCommands.Of(words);

    protected override IReadOnlyList<string> Options(ContainerRun run) => NerdctlCommands.Options(run);

    protected override IReadOnlyList<ContainerStatus> ReadList(string output) => NerdctlCommands.ReadList(output);
}
