using ContainerHost.Machines.HyperV.Settings;
using ContainerHost.Media;

namespace ContainerHost.Machines.HyperV;

/// <summary>The media in a machine's DVD drives.</summary>
internal sealed class MachineMedia(HyperVHost host, VirtualMachines machines)
{
    /// <summary>Where the installation medium is seen by the host: where it lies, or a copy when that is another machine.</summary>
    public async Task<string> BringAsync(InstallationMedium medium, HyperVPaths paths, CancellationToken cancellationToken)
    {
        if (host.Files.IsLocal)
            return medium.IsoPath;
        var path = paths.Medium(medium.Sha256);
        if (!await host.Files.ExistsAsync(path, cancellationToken))
            await host.Files.CopyInAsync(medium.IsoPath, path, cancellationToken);
        return path;
    }

    /// <summary>Takes all media out and deletes the answer medium, which has secrets; the drives stay.</summary>
    public async Task RemoveAsync(HyperVMachine machine, Guid mark, CancellationToken cancellationToken)
    {
        var storage = await machines.PartsAsync(machine, ResourceKind.DvdDisk.ClassName, cancellationToken);
        var media = storage.Where(one => one.Text("ResourceSubType") == ResourceKind.DvdDisk.SubType).ToList();
        if (media.Count > 0)
            await host.Management.RemoveAsync(
                "take the media out of the machine",
                [.. media.Select(one => one.Stored)],
                machine.Name,
                cancellationToken
            );
        var paths = await host.PathsAsync(cancellationToken);
        await host.Files.DeleteAsync(paths.Seed(mark), cancellationToken);
    }
}
