using System.Text.Json.Nodes;
using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Runtimes.MicroVms;
using ContainerHost.Runtimes.Packages;
using ContainerHost.Runtimes.UserCommand;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Runtimes.Docker;

/// <summary>Docker Engine from Debian's packages.</summary>
internal sealed class DockerRuntime(
    IGuestShell shell,
    DebianPackages packages,
    MicroVmIsolation vm,
    GuestCommand command
) : DockerEngine(shell, TimeLimits.GuestCommand, new DockerCommands())
{
    // Without AppArmor's parser Docker refuses every container, for the guest's kernel has AppArmor on. Debian's client has a package of
    // its own since Debian 13; Ubuntu's has not.
    internal static readonly IReadOnlyList<string> Packages =
    [
        "docker.io",
        "docker-cli|debian 13",
        "apparmor",
        "iptables",
        "busybox-static",
    ];

    private readonly DebianService _service = new(shell, "docker.service");

    public override async Task<RuntimeInfo> InstallAsync(bool vmIsolation, CancellationToken cancellationToken)
    {
        var artifacts = await packages.InstallAsync(cancellationToken);
        await _service.StartAsync(cancellationToken);
        await command.InstallAsync(cancellationToken);
        return await InspectAsync(cancellationToken) with { Artifacts = artifacts };
    }

    public override async Task<RuntimeInfo> InspectAsync(CancellationToken cancellationToken)
    {
        await _service.RequireActiveAsync(cancellationToken);
        return new RuntimeInfo(RuntimeKind.Docker, await GetVersionAsync(cancellationToken), _service.Unit, []);
    }

    public override Task LoadImageAsync(string archive, CancellationToken cancellationToken) =>
        GuestArchive.LoadAsync(Shell, archive, path => Client("load", "--quiet", "--input", path), cancellationToken);

    public override Task<ContainerResult> RunAsync(ContainerRun run, CancellationToken cancellationToken) =>
        run.Isolation == Isolation.HyperV
            ? RunInVmAsync(run, cancellationToken)
            : base.RunAsync(run, cancellationToken);

    private async Task<ContainerResult> RunInVmAsync(ContainerRun run, CancellationToken cancellationToken)
    {
        var root = $"/var/lib/containerhost/roots/{run.Name}";
        var inspect = Client("inspect", "--format", "{{json .Config}}", run.Image);
        var config = await CheckedAsync(inspect, $"read the image '{run.Image}'", cancellationToken);
        const string export = "Runtimes.Docker.export-root.sh";
        await Shell.RunScriptAsync(export, "unpack the image", cancellationToken, run.Image, root);
        var image = GuestScript.Read(config, node => ImageConfig.Parse(node, run.Command));
        var remove = new Command("rm", "-rf", root);
        return await Afterwards.RunAsync(
            () => vm.RunAsync(run, image, root, cancellationToken),
            token => CheckedAsync(remove, "remove the container's files", token),
            cancellationToken
        );
    }
}
