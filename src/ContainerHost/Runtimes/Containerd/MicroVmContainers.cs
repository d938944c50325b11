using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Runtimes.MicroVms;

namespace ContainerHost.Runtimes.Containerd;

/// <summary>Containers in micro VMs: containerd mounts the image, and the VM boots on it.</summary>
internal sealed class MicroVmContainers(IGuestShell shell, MicroVmIsolation vm) : IContainerdVms
{
    public Task<IReadOnlyList<InstalledArtifact>> InstallAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<InstalledArtifact>>([]);

    public async Task<ContainerResult> RunAsync(ContainerRun run, CancellationToken cancellationToken)
    {
        var root = $"/var/lib/containerhost/roots/{run.Name}";
        var config = await new ContainerdImages(shell).ReadConfigAsync(run.Image, cancellationToken);
        var make = new Command("mkdir", "-p", root);
        await shell.RunCheckedAsync(make, "make a folder for the container's root", cancellationToken);
        // What a run that was cut off left mounted; nothing there is fine.
        var release = ContainerdCommands.Ctr("images", "unmount", "--rm", root);
        await shell.RunAsync(release, cancellationToken);
        var mount = ContainerdCommands.Ctr("images", "mount", "--rw", run.Image, root);
        await shell.RunCheckedAsync(mount, "mount the image", cancellationToken);
        return await Afterwards.RunAsync(
            () => vm.RunAsync(run, ImageConfig.Parse(config, run.Command), root, cancellationToken),
            async token =>
            {
                await shell.RunCheckedAsync(release, "unmount the image", token);
                await shell.RunAsync(new Command("rmdir", root), token);
            },
            cancellationToken
        );
    }
}
