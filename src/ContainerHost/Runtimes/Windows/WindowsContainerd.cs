using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Runtimes.Windows;

/// <summary>containerd on Windows, driven by nerdctl; BuildKit builds images. Both kinds of container are the runtime's own. Pulling and unpacking a base image takes its time, so calls may take half an hour.</summary>
internal sealed class WindowsContainerd(IGuestShell shell, WindowsReleases releases, HostSpec spec)
    : DockerLikeRuntime(shell, TimeSpan.FromMinutes(30))
{
    /// <inheritdoc/>
    public override RuntimeKind Kind => RuntimeKind.Containerd;

    /// <inheritdoc/>
    protected override Command ListCommand => NerdctlCommands.List;

    /// <inheritdoc/>
    public override async Task<RuntimeInfo> InstallAsync(bool vmIsolation, CancellationToken cancellationToken)
    {
        var files = await releases.BringAsync(spec.RuntimeVersion ?? VersionWish.Latest, cancellationToken);
        var subnet = spec.Windows?.ContainerSubnet ?? ContainerSubnet.Default;
        await Shell.RunScriptAsync(
            GuestScript.Load("Runtimes.Windows.install-containerd.ps1"),
            "install containerd in the guest",
            Limit,
            cancellationToken,
            [.. files.Archives, $"{subnet}", subnet.Gateway]
        );
        if (spec.Windows?.BaseImage is { } image)
            await LoadAsync(image, cancellationToken);
        return await InspectAsync(cancellationToken) with { Artifacts = files.Artifacts };
    }

    /// <inheritdoc/>
    public override async Task<RuntimeInfo> InspectAsync(CancellationToken cancellationToken)
    {
        var said = await Shell.RunScriptAsync(
            GuestScript.Load("Runtimes.Windows.inspect-containerd.ps1"),
            "have containerd run in the guest",
            Limit,
            cancellationToken
        );
        var answer = ScriptAnswer.Read<Answer>(said.StandardOutput);
        return new RuntimeInfo(Kind, answer.Version, answer.Service, []);
    }

    /// <inheritdoc/>
    public override Task BuildImageAsync(string guestFolder, string image, CancellationToken cancellationToken) =>
        CheckedAsync(NerdctlCommands.Build(guestFolder, image), $"build the image '{image}'", cancellationToken);

    /// <inheritdoc/>
    public override Task RemoveImageAsync(string image, CancellationToken cancellationToken) =>
        CheckedAsync(NerdctlCommands.Of("rmi", "--force", image), $"remove the image '{image}'", cancellationToken);

    /// <inheritdoc/>
    protected override Command Client(params IReadOnlyList<string> words) => NerdctlCommands.Of(words);

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Options(ContainerRun run) => NerdctlCommands.Options(run);

    /// <inheritdoc/>
    protected override IReadOnlyList<ContainerStatus> ReadList(string output) => NerdctlCommands.ReadList(output);

    private async Task LoadAsync(string archive, CancellationToken cancellationToken)
    {
        var target = $@"C:\ProgramData\ContainerHost\{Path.GetFileName(archive)}";
        await Shell.UploadAsync(archive, target, UnixFileMode.UserRead, cancellationToken);
        await CheckedAsync(NerdctlCommands.Of("load", "--input", target), "import the base image", cancellationToken);
        await CheckedAsync(
            new Command("cmd.exe", "/c", "del", target),
            "remove the base image's archive",
            cancellationToken
        );
    }

    private sealed record Answer(string Version, string Service);
}
