using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Runtimes.Packages;
using ContainerHost.Runtimes.UserCommand;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Runtimes.Containerd;

/// <summary>containerd from Debian's packages or its maker's release, driven by <c>ctr</c>; images are built by buildah; CNI's bridge gives containers their network.</summary>
internal sealed class ContainerdRuntime(
    IGuestShell shell,
    DebianPackages packages,
    RuntimeSources sources,
    IContainerdVms vms,
    ContainerNamespaces namespaces,
    GuestCommand command,
    Poll poll
) : IContainerRuntime
{
    /// <summary>What it takes beside containerd itself.</summary>
    internal static readonly IReadOnlyList<string> Packages =
    [
        "runc",
        "containernetworking-plugins",
        "iptables",
        "buildah",
        // buildah takes its network from CNI's plugins up to release 1.28, from netavark since.
        "netavark|debian 13|ubuntu 24.04",
        // Debian builds netavark for nft from release 1.14 on ('netavark version'), and recommends it only.
        "nftables|debian 13|ubuntu 25.10",
        "busybox-static",
    ];

    private readonly DebianService _service = new(shell, "containerd.service");

    public async Task<RuntimeInfo> InstallAsync(bool vmIsolation, CancellationToken cancellationToken)
    {
        IReadOnlyList<InstalledArtifact> artifacts =
        [
            .. await packages.InstallAsync(cancellationToken),
            .. sources.Version is { } wish
                ? await new UpstreamContainerd(shell, sources).InstallAsync(wish, cancellationToken)
                : [],
            .. vmIsolation ? await vms.InstallAsync(cancellationToken) : [],
        ];
        await _service.StartAsync(cancellationToken);
        await command.InstallAsync(cancellationToken);
        return await InspectAsync(cancellationToken) with { Artifacts = artifacts };
    }

    public async Task<RuntimeInfo> InspectAsync(CancellationToken cancellationToken)
    {
        await _service.RequireActiveAsync(cancellationToken);
        const string attempted = "ask containerd for its version";
        var version = await shell.RunCheckedAsync(ContainerdCommands.Ctr("version"), attempted, cancellationToken);
        return new RuntimeInfo(RuntimeKind.Containerd, ContainerdCommands.ReadVersion(version), _service.Unit, []);
    }

    public async Task BuildImageAsync(string guestFolder, string image, CancellationToken cancellationToken)
    {
        var attempted = $"build the image '{image}'";
        var archive = $"/var/tmp/image-{Guid.NewGuid():N}.tar";
        Command[] steps =
        [
            new("buildah", "bud", "--quiet", "--tag", image, guestFolder),
            new("buildah", "push", "--quiet", image, $"docker-archive:{archive}:{image}"),
            new("buildah", "rmi", image),
            ContainerdCommands.Ctr("images", "import", archive),
            new("rm", archive),
        ];
        foreach (var step in steps)
            await shell.RunCheckedAsync(step, attempted, cancellationToken);
    }

    public Task LoadImageAsync(string archive, CancellationToken cancellationToken) =>
        GuestArchive.LoadAsync(
            shell,
            archive,
            path => ContainerdCommands.Ctr("images", "import", path),
            cancellationToken
        );

    public async Task<PulledImage> PullImageAsync(string reference, CancellationToken cancellationToken)
    {
        var pull = ContainerdCommands.Ctr("images", "pull", reference);
        await shell.RunCheckedAsync(pull, $"pull the image '{reference}'", cancellationToken, TimeLimits.ImageLoad);
        return await new ContainerdImages(shell).DescribeAsync(reference, cancellationToken);
    }

    public async Task<IReadOnlyList<string>> GetEntryPointAsync(string image, CancellationToken cancellationToken) =>
        ImageConfig.EntryPointOf(await new ContainerdImages(shell).ReadConfigAsync(image, cancellationToken));

    public Task RemoveImageAsync(string image, CancellationToken cancellationToken)
    {
        var remove = ContainerdCommands.Ctr("images", "rm", "--sync", image);
        return shell.RunCheckedAsync(remove, $"remove the image '{image}'", cancellationToken);
    }

    public Task<ContainerResult> RunAsync(ContainerRun run, CancellationToken cancellationToken) =>
        run.Isolation == Isolation.HyperV
            ? vms.RunAsync(run, cancellationToken)
            : namespaces.RunAsync(run, cancellationToken);

    public async Task CreateAsync(ContainerRun run, CancellationToken cancellationToken)
    {
        await namespaces.AddAsync(run, cancellationToken);
        var attempted = $"create the container '{run.Name}'";
        await shell.RunCheckedAsync(ContainerdCommands.Create(run), attempted, cancellationToken);
    }

    public Task StartAsync(string name, CancellationToken cancellationToken) =>
        shell.RunCheckedAsync(ContainerdCommands.Start(name), $"start the container '{name}'", cancellationToken);

    public async Task<string> GetAddressAsync(string name, CancellationToken cancellationToken) =>
        ContainerNamespaces.ReadAddress(
            await shell.RunCheckedAsync(
                ContainerNamespaces.Address(name),
                $"find the address of the container '{name}'",
                cancellationToken
            )
        );

    public Task<CommandResult> ExecuteAsync(
        string name,
        IReadOnlyList<string> command,
        CancellationToken cancellationToken
    ) => shell.RunAsync(ContainerdCommands.Execute(name, command), cancellationToken);

    public async Task StopAsync(string name, CancellationToken cancellationToken)
    {
        var attempted = $"stop the container '{name}'";
        await shell.RunCheckedAsync(ContainerdCommands.Signal(name, "SIGTERM"), attempted, cancellationToken);
        try
        {
            await WaitForEndAsync(name, TimeLimits.ContainerEnd, cancellationToken);
        }
        catch (Errors.DeadlineException)
        {
            // The first process of a container has no default action for SIGTERM (pid_namespaces(7)).
            await shell.RunCheckedAsync(ContainerdCommands.Signal(name, "SIGKILL"), attempted, cancellationToken);
            await WaitForEndAsync(name, TimeLimits.GuestCommand, cancellationToken);
        }
        // ctr passes the ended process's own exit code on, so it says nothing about the removal of the task.
        await shell.RunAsync(ContainerdCommands.Ctr("tasks", "delete", name), cancellationToken);
    }

    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        var attempted = $"remove the container '{name}'";
        if ((await ListAsync(cancellationToken)).Any(container => container.Name == name))
            await shell.RunCheckedAsync(ContainerdCommands.Ctr("containers", "rm", name), attempted, cancellationToken);
        await namespaces.RemoveAsync(name, cancellationToken);
    }

    public async Task<IReadOnlyList<ContainerStatus>> ListAsync(CancellationToken cancellationToken)
    {
        const string attempted = "list the containers";
        var list = ContainerdCommands.Ctr("containers", "list", "--quiet");
        var all = await shell.RunCheckedAsync(list, attempted, cancellationToken);
        var tasks = await shell.RunCheckedAsync(ContainerdCommands.Ctr("tasks", "list"), attempted, cancellationToken);
        return ContainerdCommands.ReadList(all, tasks);
    }

    private Task<bool> WaitForEndAsync(string name, TimeSpan deadline, CancellationToken cancellationToken) =>
        poll.UntilAsync(
            new Wait($"the container '{name}' ends", deadline, "look at it with the target Shell."),
            async token =>
                (await ListAsync(token)).Any(container => container.Name == name && container.Running)
                    ? Looks.NotYet<bool>("it still runs")
                    : Looks.Found(true),
            cancellationToken
        );
}
