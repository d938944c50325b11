using ContainerHost.Files;
using ContainerHost.Media;

namespace ContainerHost.Hosts.Archives;

/// <summary>What a machine starts from, with the names that its files have in archives, and in the folder where they are unpacked.</summary>
internal static class ArchivedBoot
{
    // What a direct start needs; whatever they were called, no archive names a file.
    private const string Kernel = "kernel";
    private const string Initrd = "initrd";

    /// <summary>The files beside the disks.</summary>
    public static IReadOnlyList<(string Name, string Path)> FilesOf(BootMedia boot) =>
        boot is KernelDisk disk ? [(Kernel, disk.KernelPath), (Initrd, disk.InitrdPath)] : [];

    /// <summary>The same, as it is in a folder, on that disk of it; what it went on with once is told by its presence alone.</summary>
    public static BaseDisk In(BaseDisk boot, HostFolder folder, string disk)
    {
        boot = boot with
        {
            DiskPath = disk,
            Format = DiskFormat.Qcow2,
            Saved = boot.Saved is null ? null : new SavedMachine(folder.Memory, folder.MachineState),
        };
        return boot is KernelDisk kernel
            ? kernel with
            {
                KernelPath = Path.Combine(folder.Path, Kernel),
                InitrdPath = Path.Combine(folder.Path, Initrd),
            }
            : boot;
    }
}
