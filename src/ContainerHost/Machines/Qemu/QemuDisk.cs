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
            spec.Saved is null
                ? "see that the base disk is there and the folder has space; DownloadIso makes the base anew when it is missing."
                : "see that its template's disk is there and the folder has space; a clone whose template is gone is made anew by Clone.",
            cancellationToken,
            spec.Name.Value
        );
    }

    // What lies with the hosts moves with them: qemu-img and QEMU look for it from where the disk itself is (qemu-img(1), create).
    private static string Below(HostFolder folder, string disk)
    {
        var hosts = Path.GetDirectoryName(folder.Path) + Path.DirectorySeparatorChar;
        return disk.StartsWith(hosts, StringComparison.Ordinal) ? Path.GetRelativePath(folder.Path, disk) : disk;
    }
}
