using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Runtimes.Windows;

/// <summary>containerd on Windows, driven by nerdctl; BuildKit builds images. Both kinds of container are the runtime's own.</summary>
internal sealed class WindowsContainerd(IGuestShell shell, WindowsReleases releases, HostSpec spec) : IContainerRuntime
{
    // Pulling and unpacking a base image takes its time.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    public RuntimeKind Kind => RuntimeKind.Containerd;

    /// <inheritdoc/>
    public async Task<RuntimeInfo> InstallAsync(bool vmIsolation, CancellationToken cancellationToken)
    {
        var files = await releases.BringAsync(spec.RuntimeVersion ?? VersionWish.Latest, cancellationToken);
        var subnet = spec.Windows?.ContainerSubnet ?? ContainerSubnet.Default;
        await shell.RunScriptAsync(
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
    public async Task<RuntimeInfo> InspectAsync(CancellationToken cancellationToken)
    {
        var said = await shell.RunScriptAsync(
            GuestScript.Load("Runtimes.Windows.inspect-containerd.ps1"),
            "have containerd run in the guest",
            Limit,
            cancellationToken
        );
        var answer = ScriptAnswer.Read<Answer>(said.StandardOutput);
        return new RuntimeInfo(Kind, answer.Version, answer.Service, []);
    }

    /// <inheritdoc/>
    public Task BuildImageAsync(string guestFolder, string image, CancellationToken cancellationToken) =>
        RunAsync(NerdctlCommands.Build(guestFolder, image), $"build the image '{image}'", cancellationToken);

    /// <inheritdoc/>
    public Task RemoveImageAsync(string image, CancellationToken cancellationToken) =>
        RunAsync(NerdctlCommands.Of("rmi", "--force", image), $"remove the image '{image}'", cancellationToken);

    /// <inheritdoc/>
    public async Task<ContainerResult> RunAsync(ContainerRun run, CancellationToken cancellationToken)
    {
        await RemoveAsync(run.Name, cancellationToken);
        var result = await shell.RunAsync(NerdctlCommands.Run(run), Limit, cancellationToken);
        return new ContainerResult(result.ExitCode, result.StandardOutput, result.StandardError);
    }

    /// <inheritdoc/>
    public async Task CreateAsync(ContainerRun run, CancellationToken cancellationToken)
    {
        await RemoveAsync(run.Name, cancellationToken);
        await RunAsync(NerdctlCommands.Create(run), $"create the container '{run.Name}'", cancellationToken);
    }

    /// <inheritdoc/>
    public Task StartAsync(string name, CancellationToken cancellationToken) =>
        RunAsync(NerdctlCommands.Of("start", name), $"start the container '{name}'", cancellationToken);

    /// <inheritdoc/>
    public Task<CommandResult> ExecuteAsync(
        string name,
        IReadOnlyList<string> command,
        CancellationToken cancellationToken
    ) => shell.RunAsync(NerdctlCommands.Of(["exec", name, .. command]), Limit, cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(string name, CancellationToken cancellationToken) =>
        RunAsync(NerdctlCommands.Of("stop", "--time", "5", name), $"stop the container '{name}'", cancellationToken);

    /// <inheritdoc/>
    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        if ((await ListAsync(cancellationToken)).Any(container => container.Name == name))
            await RunAsync(
                NerdctlCommands.Of("rm", "--force", name),
                $"remove the container '{name}'",
                cancellationToken
            );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ContainerStatus>> ListAsync(CancellationToken cancellationToken)
    {
        var list = await RunAsync(NerdctlCommands.List, "list the containers", cancellationToken);
        return NerdctlCommands.ReadList(list.StandardOutput);
    }

    private async Task LoadAsync(string archive, CancellationToken cancellationToken)
    {
        var target = $@"C:\ProgramData\ContainerHost\{Path.GetFileName(archive)}";
        await shell.UploadAsync(archive, target, UnixFileMode.UserRead, cancellationToken);
        await RunAsync(NerdctlCommands.Of("load", "--input", target), "import the base image", cancellationToken);
        await RunAsync(
            new Command("cmd.exe", "/c", "del", target),
            "remove the base image's archive",
            cancellationToken
        );
    }

    private Task<CommandResult> RunAsync(Command command, string attempted, CancellationToken cancellationToken) =>
        shell.RunCheckedAsync(command, attempted, Limit, cancellationToken);

    private sealed record Answer(string Version, string Service);
}
