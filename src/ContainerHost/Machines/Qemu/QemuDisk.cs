using ContainerHost.Files;
using ContainerHost.Media;
using ContainerHost.Processes;

namespace ContainerHost.Machines.Qemu;

/// <summary>A machine's own disk: a file that keeps what differs from the base that it boots from.</summary>
internal static class QemuDisk
{
    public static async Task CreateAsync(
        IProcessRunner processes,
        MachineSpec spec,
        CancellationToken cancellationToken
    )
    {
        // The formats are named as qemu-img names them.
        string[] basis = spec.Boot is BaseDisk disk
            ? ["-F", disk.Format.ToString().ToLowerInvariant(), "-b", Below(spec.Folder, disk.DiskPath)]
            : [];
        string[] words = ["create", "-q", "-f", "qcow2", .. basis, spec.Folder.Disk, $"{spec.DiskSize.Bytes}"];
        await processes.RunCheckedAsync(
            new Command("qemu-img", words),
            "create the machine's disk",
            spec.Boot is not BaseDisk { OfTemplate: true } and not BaseDisk { Saved: not null }
                ? "see that the base disk is there and the folder has space; DownloadIso makes the base anew when it is missing."
                : "see that its template's disk is there and the folder has space; a clone whose template is gone is made anew by Clone.",
            cancellationToken,
            spec.Name.Value
        );
    }

    /// <summary>Copies a machine's disk with all that it lies on, and the kernel that starts it, into a template's folder.</summary>
    public static async Task<BaseDisk> CopyAsync(
        IProcessRunner processes,
        MachineSpec machine,
        HostFolder to,
        CancellationToken cancellationToken
    )
    {
        await processes.RunCheckedAsync(
            new Command("qemu-img", "convert", "-O", "qcow2", machine.Folder.Disk, to.BaseDisk),
            "copy the host's disk",
            "see that the hosts' folder has space.",
            cancellationToken,
            machine.Name.Value
        );
        var disk = MachineFile.CopyOf(machine) with
        {
            DiskPath = to.BaseDisk,
            Format = DiskFormat.Qcow2,
            Sha256 = await CheckedFile.RecordAsync(to.BaseDisk, cancellationToken),
        };
        return disk is KernelDisk kernel
            ? kernel with
            {
                KernelPath = Copy(kernel.KernelPath),
                InitrdPath = Copy(kernel.InitrdPath),
            }
            : disk;

        string Copy(string path)
        {
            var copy = Path.Combine(to.Path, Path.GetFileName(path));
            File.Copy(path, copy, overwrite: true);
            return copy;
        }
    }

    // What lies with the hosts moves with them: qemu-img and QEMU look for it from where the disk itself is (qemu-img(1), create).
    private static string Below(HostFolder folder, string disk)
    {
        var hosts = Path.GetDirectoryName(folder.Path) + Path.DirectorySeparatorChar;
        return disk.StartsWith(hosts, StringComparison.Ordinal) ? Path.GetRelativePath(folder.Path, disk) : disk;
    }
}
