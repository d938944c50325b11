using System.Text.Json.Nodes;
using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Runtimes.Packages;
using ContainerHost.Specification;

namespace ContainerHost.Runtimes.Docker;

/// <summary>Docker Engine from Debian's packages, driven by its own client.</summary>
internal sealed class DockerRuntime(IGuestShell shell, DebianPackages packages, IVmIsolation vm)
    : DockerLikeRuntime(shell, TimeSpan.FromMinutes(5))
{
    // Without AppArmor's parser Docker refuses every container, for the guest's kernel has AppArmor on.
    private static readonly string[] Packages = ["docker.io", "apparmor", "iptables", "busybox-static"];

    private readonly DebianService _service = new(shell, "docker.service");

    /// <inheritdoc/>
    public override RuntimeKind Kind => RuntimeKind.Docker;

    /// <inheritdoc/>
    protected override Command ListCommand => DockerCommands.List;

    /// <inheritdoc/>
    public override async Task<RuntimeInfo> InstallAsync(bool vmIsolation, CancellationToken cancellationToken)
    {
        var artifacts = await packages.InstallAsync(
            vmIsolation ? [.. Packages, .. vm.Packages] : Packages,
            cancellationToken
        );
        await _service.StartAsync(cancellationToken);
        return await InspectAsync(cancellationToken) with { Artifacts = artifacts };
    }

    /// <inheritdoc/>
    public override async Task<RuntimeInfo> InspectAsync(CancellationToken cancellationToken)
    {
        await _service.RequireActiveAsync(cancellationToken);
        var command = DockerCommands.Docker("version", "--format", "{{.Server.Version}}");
        var version = await CheckedAsync(command, "ask Docker for its version", cancellationToken);
        return new RuntimeInfo(Kind, version.StandardOutput.Trim(), _service.Unit, []);
    }

    /// <inheritdoc/>
    public override Task BuildImageAsync(string guestFolder, string image, CancellationToken cancellationToken) =>
        CheckedAsync(
            DockerCommands.Docker("build", "--quiet", "--tag", image, guestFolder),
            $"build the image '{image}'",
            cancellationToken
        );

    /// <inheritdoc/>
    public override async Task RemoveImageAsync(string image, CancellationToken cancellationToken)
    {
        var found = DockerCommands.Docker("images", "--quiet", image);
        const string attempted = "remove an image";
        if ((await CheckedAsync(found, attempted, cancellationToken)).StandardOutput.Trim().Length > 0)
            await CheckedAsync(DockerCommands.Docker("rmi", image), attempted, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<ContainerResult> RunAsync(ContainerRun run, CancellationToken cancellationToken) =>
        run.Isolation == Isolation.HyperV
            ? RunInVmAsync(run, cancellationToken)
            : base.RunAsync(run, cancellationToken);

    /// <inheritdoc/>
    protected override Command Client(params IReadOnlyList<string> words) => DockerCommands.Docker(words);

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Options(ContainerRun run) => DockerCommands.Options(run);

    /// <inheritdoc/>
    protected override IReadOnlyList<ContainerStatus> ReadList(string output) =>
        [
            .. output
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' '))
                .Select(words => new ContainerStatus(words[0], words[1] == "running")),
        ];

    private async Task<ContainerResult> RunInVmAsync(ContainerRun run, CancellationToken cancellationToken)
    {
        var root = $"/var/lib/containerhost/roots/{run.Name}";
        var inspect = DockerCommands.Docker("inspect", "--format", "{{json .Config}}", run.Image);
        var config = await CheckedAsync(inspect, $"read the image '{run.Image}'", cancellationToken);
        var export = GuestScript.Load("Runtimes.Docker.export-root.sh");
        await Shell.RunScriptAsync(export, "unpack the image", Limit, cancellationToken, run.Image, root);
        var image = ImageConfig.Parse(JsonNode.Parse(config.StandardOutput), run.Command);
        var result = await vm.RunAsync(run, image, root, cancellationToken);
        await CheckedAsync(new Command("rm", "-rf", root), "remove the container's files", cancellationToken);
        return result;
    }
}
