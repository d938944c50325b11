using System.Text.Json.Nodes;
using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Runtimes.Packages;
using ContainerHost.Specification;

namespace ContainerHost.Runtimes.Docker;

/// <summary>Docker Engine from Debian's packages, driven by its own client.</summary>
internal sealed class DockerRuntime(IGuestShell shell, DebianPackages packages, IVmIsolation vm) : IContainerRuntime
{
    // Without AppArmor's parser Docker refuses every container, for the guest's kernel has AppArmor on.
    private static readonly string[] Packages = ["docker.io", "apparmor", "iptables", "busybox-static"];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly DebianService _service = new(shell, "docker.service");

    /// <inheritdoc/>
    public RuntimeKind Kind => RuntimeKind.Docker;

    /// <inheritdoc/>
    public async Task<RuntimeInfo> InstallAsync(bool vmIsolation, CancellationToken cancellationToken)
    {
        var artifacts = await packages.InstallAsync(
            vmIsolation ? [.. Packages, .. vm.Packages] : Packages,
            cancellationToken
        );
        await _service.StartAsync(cancellationToken);
        return await InspectAsync(cancellationToken) with { Artifacts = artifacts };
    }

    /// <inheritdoc/>
    public async Task<RuntimeInfo> InspectAsync(CancellationToken cancellationToken)
    {
        await _service.RequireActiveAsync(cancellationToken);
        var command = DockerCommands.Docker("version", "--format", "{{.Server.Version}}");
        var version = await RunAsync(command, "ask Docker for its version", cancellationToken);
        return new RuntimeInfo(Kind, version.StandardOutput.Trim(), _service.Unit, []);
    }

    /// <inheritdoc/>
    public Task BuildImageAsync(string guestFolder, string image, CancellationToken cancellationToken) =>
        RunAsync(
            DockerCommands.Docker("build", "--quiet", "--tag", image, guestFolder),
            $"build the image '{image}'",
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task RemoveImageAsync(string image, CancellationToken cancellationToken)
    {
        var found = DockerCommands.Docker("images", "--quiet", image);
        const string attempted = "remove an image";
        if ((await RunAsync(found, attempted, cancellationToken)).StandardOutput.Trim().Length > 0)
            await RunAsync(DockerCommands.Docker("rmi", image), attempted, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ContainerResult> RunAsync(ContainerRun run, CancellationToken cancellationToken)
    {
        if (run.Isolation == Isolation.HyperV)
            return await RunInVmAsync(run, cancellationToken);
        await RemoveAsync(run.Name, cancellationToken);
        var result = await shell.RunAsync(DockerCommands.Run(run), Limit, cancellationToken);
        return new ContainerResult(result.ExitCode, result.StandardOutput, result.StandardError);
    }

    /// <inheritdoc/>
    public async Task CreateAsync(ContainerRun run, CancellationToken cancellationToken)
    {
        await RemoveAsync(run.Name, cancellationToken);
        await RunAsync(DockerCommands.Create(run), $"create the container '{run.Name}'", cancellationToken);
    }

    /// <inheritdoc/>
    public Task StartAsync(string name, CancellationToken cancellationToken) =>
        RunAsync(DockerCommands.Docker("start", name), $"start the container '{name}'", cancellationToken);

    /// <inheritdoc/>
    public Task<CommandResult> ExecuteAsync(
        string name,
        IReadOnlyList<string> command,
        CancellationToken cancellationToken
    ) => shell.RunAsync(DockerCommands.Execute(name, command), Limit, cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(string name, CancellationToken cancellationToken) =>
        RunAsync(DockerCommands.Docker("stop", "--time", "5", name), $"stop the container '{name}'", cancellationToken);

    /// <inheritdoc/>
    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        if ((await ListAsync(cancellationToken)).Any(container => container.Name == name))
            await RunAsync(
                DockerCommands.Docker("rm", "--force", name),
                $"remove the container '{name}'",
                cancellationToken
            );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ContainerStatus>> ListAsync(CancellationToken cancellationToken)
    {
        var list = await RunAsync(DockerCommands.List, "list the containers", cancellationToken);
        return
        [
            .. list
                .StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' '))
                .Select(words => new ContainerStatus(words[0], words[1] == "running")),
        ];
    }

    private async Task<ContainerResult> RunInVmAsync(ContainerRun run, CancellationToken cancellationToken)
    {
        var root = $"/var/lib/containerhost/roots/{run.Name}";
        var inspect = DockerCommands.Docker("inspect", "--format", "{{json .Config}}", run.Image);
        var config = await RunAsync(inspect, $"read the image '{run.Image}'", cancellationToken);
        var export = GuestScript.Load("Runtimes.Docker.export-root.sh");
        await shell.RunScriptAsync(export, "unpack the image", Limit, cancellationToken, run.Image, root);
        var image = ImageConfig.Parse(JsonNode.Parse(config.StandardOutput), run.Command);
        var result = await vm.RunAsync(run, image, root, cancellationToken);
        await RunAsync(new Command("rm", "-rf", root), "remove the container's files", cancellationToken);
        return result;
    }

    private Task<CommandResult> RunAsync(Command command, string attempted, CancellationToken cancellationToken) =>
        shell.RunCheckedAsync(command, attempted, Limit, cancellationToken);
}
