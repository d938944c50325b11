using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Settings;
using ContainerHost.Media;

namespace ContainerHost.Machines.HyperV;

/// <summary>
/// The disks of a template on the Hyper-V host: a copy of a host's whole disk, and the differencing disk on it of the machine that was stripped, which clones lie on.
/// Both are in that machine's folder, and go with it by its mark. They are read-only, as Windows opens all of a chain but its first (virtdisk.h,
/// OPEN_VIRTUAL_DISK_PARAMETERS: "The remaining stores in the differencing chain will be opened read-only").
/// </summary>
internal sealed class TemplateDisks(HyperVHost host)
{
    /// <summary>Copies the disk of a machine that is off, checkpoints included, on the host itself.</summary>
    public async Task<BaseDisk> CopyAsync(MachineSpec from, Guid mark, CancellationToken cancellationToken)
    {
        var paths = await host.PathsAsync(cancellationToken);
        var machine = await host.Machines.NeedAsync(from, cancellationToken);
        await new Checkpoints(host, machine).WaitForDisksAsync(cancellationToken);
        var copy = paths.TemplateBase(mark);
        await host.Files.MakeFolderAsync(paths.Machine(mark), cancellationToken);
        await new Disks(host).CopyAsync(
            await FindAsync(machine, cancellationToken),
            copy,
            machine.Name,
            cancellationToken
        );
        return MachineFile.CopyOf(from) with
        {
            DiskPath = copy,
            Format = DiskFormat.Vhdx,
            Sha256 = await SealAsync(copy, machine.Name, cancellationToken),
        };
    }

    /// <summary>Keeps the disks of a machine that is off, and takes all else of it away: its medium, which has secrets, and itself, so that nobody starts it.</summary>
    public async Task<BaseDisk> SealAsync(MachineSpec machine, BaseDisk disk, CancellationToken cancellationToken)
    {
        var path = (await host.PathsAsync(cancellationToken)).Disk(machine.InstanceId);
        var off = await host.Machines.NeedAsync(machine, cancellationToken);
        await new Devices(host, off).RemoveMediaAsync(machine.InstanceId, cancellationToken);
        var digest = await SealAsync(path, off.Name, cancellationToken);
        await new Removal(host).UndefineAsync(machine.InstanceId, cancellationToken);
        return disk with { DiskPath = path, Sha256 = digest };
    }

    public async Task<IReadOnlyList<TemplateFile>> FindAsync(
        MachineSpec machine,
        BaseDisk disk,
        CancellationToken cancellationToken
    )
    {
        var paths = await host.PathsAsync(cancellationToken);
        var files = new List<TemplateFile>();
        foreach (var path in (string[])[paths.TemplateBase(machine.InstanceId), disk.DiskPath])
            files.Add(await host.Files.LookAsync(path, cancellationToken));
        return files;
    }

    // Hyper-V holds files for moments after it was at work on them.
    private async Task<string> SealAsync(string path, string machine, CancellationToken cancellationToken)
    {
        var digest = "";
        await new Removal(host).InsistAsync(
            $"{path} is let go",
            machine,
            async token => digest = await host.Files.SealAsync(path, token),
            cancellationToken
        );
        return digest;
    }

    // With checkpoints it is not the machine's first (.avhdx).
    private async Task<string> FindAsync(HyperVMachine machine, CancellationToken cancellationToken)
    {
        var drives = await host.Machines.PartsAsync(machine, ResourceKind.HardDisk.ClassName, cancellationToken);
        return drives
                .SelectMany(one => one.Get<string[]>("HostResource") ?? [])
                .FirstOrDefault(path => path.EndsWith("vhdx", StringComparison.OrdinalIgnoreCase))
            ?? throw new ContainerHostException(
                "copy the host's disk",
                "its machine has none",
                "see in Hyper-V Manager what was taken out of it.",
                machine.Name
            );
    }
}
