using ContainerHost.AnswerFiles;
using ContainerHost.Files;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Machines;

internal static class MachineSample
{
    /// <summary>A machine for the Debian guest that is built from apt.</summary>
    public static MachineSpec Built { get; } =
        new()
        {
            Name = HostName.Default,
            InstanceId = new Guid("3f2504e0-4f89-41d3-9a0c-0305e82c3301"),
            Folder = new HostFolder("/hosts/containerhost"),
            Cpus = 2,
            Memory = ByteSize.FromGiB(2),
            DiskSize = ByteSize.FromGiB(20),
            Guest = GuestCatalog.Debian12,
            Boot = new KernelDisk
            {
                DiskPath = "/cache/disk.raw",
                Format = DiskFormat.Raw,
                Sha256 = "",
                Origin = "apt:bookworm",
                Fingerprint = "",
                KernelPath = "/cache/vmlinuz",
                InitrdPath = "/cache/initrd",
                KernelCommandLine = "root=LABEL=root ro",
            },
            Seed = new SeedMedia("/hosts/containerhost/seed.iso", ""),
            Nested = true,
        };
}
