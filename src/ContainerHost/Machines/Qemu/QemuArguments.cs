using ContainerHost.Files;
using ContainerHost.Media;
using ContainerHost.Specification;

namespace ContainerHost.Machines.Qemu;

/// <summary>From a machine to QEMU's arguments: a pure function, read it to know the machine. Paths in the host's folder are relative to it.</summary>
internal static class QemuArguments
{
    public const string Program = "qemu-system-x86_64";

    /// <summary>What TCG keeps of translated guest code, in memory beside the guest's own.</summary>
    public static ByteSize TranslationCache { get; } = ByteSize.FromMiB(512);

    /// <summary>The id of the network that the guest's adapter is on.</summary>
    public const string Network = "net0";

    /// <summary>The id of the drive that is the machine's own disk.</summary>
    public const string DiskDrive = "disk0";

    /// <summary>The id of the drive that is its disk for data.</summary>
    public const string DataDrive = "data0";

    private const string PrivateLink = "private0";
    private const string Memory = "memory0";

    // The kernel of a clone is told that it is one (Virtual Machine Generation ID), and gets its identity by a port, since nobody can log in to it.
    private static readonly IReadOnlyList<string> IdentityDevices =
    [
        "-device",
        "vmgenid,guid=auto",
        "-device",
        "virtio-serial-pci",
        "-chardev",
        $"socket,id=identity0,path={HostFolder.IdentityName},server=on,wait=off",
        "-device",
        $"virtserialport,chardev=identity0,name={MachineSpec.IdentityPort}",
    ];

    public static IReadOnlyList<string> For(QemuMachine machine)
    {
        var spec = machine.Spec;
        var memory = MemoryOf(machine);
        return
        [
            "-nodefaults",
            "-no-user-config",
            "-name",
            spec.Name.Value,
            "-uuid",
            spec.InstanceId.ToString(),
            "-machine",
            // A dump of QEMU must not have what the guest keeps in memory.
            $"q35,hpet=off,vmport=off,dump-guest-core=off{(memory is null ? "" : $",memory-backend={Memory}")}",
            "-accel",
            Accelerator(machine.Accelerator),
            "-cpu",
            Processor(machine),
            "-smp",
            $"{spec.Cpus}",
            "-m",
            $"{spec.Memory.MiB}M",
            .. memory is null ? Array.Empty<string>() : ["-object", $"{memory},id={Memory},size={spec.Memory.MiB}M"],
            .. Boot(spec.Boot),
            .. QemuFirmware.IsNeededBy(spec) ? QemuFirmware.Arguments : [],
            .. spec.Guest.Family.KnowsVirtio ? VirtioDevices(spec) : InboxDevices(spec),
            "-netdev",
            $"user,id={Network}{(spec.Network == GuestNetwork.Restricted ? ",restrict=on" : "")},hostfwd=tcp:127.0.0.1:{machine.Port}-:22",
            "-device",
            "VGA",
            .. SecondAdapter(spec),
            .. IsTemplateOrClone(spec) ? IdentityDevices : [],
            .. machine.Continues is null ? Array.Empty<string>() : ["-incoming", "defer"],
            "-display",
            "none",
            "-chardev",
            $"file,id=serial0,path={HostFolder.SerialLogName},append=on",
            "-serial",
            "chardev:serial0",
            "-qmp",
            $"unix:{HostFolder.QmpName},server=on,wait=off",
            // Spawning cannot be denied together with -daemonize, which itself forks, nor a change of user with QemuUser; no_new_privs comes with any filter.
            "-sandbox",
            "on,obsolete=deny,resourcecontrol=deny",
            "-pidfile",
            HostFolder.PidFileName,
            // QEMU leaves the build's process group, so that it outlives the build and Ctrl-C does not reach it.
            "-daemonize",
        ];
    }

    /// <summary>The accelerator's argument; multi-threaded TCG gives each virtual processor a thread of its own.</summary>
    public static string Accelerator(string accelerator) =>
        accelerator == "tcg" ? $"tcg,thread=multi,tb-size={TranslationCache.MiB}" : accelerator;

    /// <summary>The processor's argument: all that the accelerator can give, with virtualisation only where it is wanted.</summary>
    public static string Cpu(string accelerator, bool nested)
    {
        // QEMU 7.2's emulation of five-level paging goes wrong for a guest without SVM: mounts and synchronised writes fail at random.
        var model = accelerator == "tcg" ? "max,la57=off" : "host";
        return nested ? model : $"{model},svm=off,vmx=off";
    }

    /// <summary>The ids of the drives that media are taken out of.</summary>
    public static IReadOnlyList<string> RemovableDrives(MachineSpec spec) =>
        spec.Guest.Family.KnowsVirtio
            ? []
            : spec.Boot switch
            {
                InstallationMedium { Drivers: not null } => ["install-cd", "drivers-cd", "seed-cd"],
                InstallationMedium => ["install-cd", "seed-cd"],
                _ => ["seed-cd"],
            };

    /// <summary>
    /// True for a machine whose guest can tell which memory it has freed: virtio's balloon reports it (QEMU 5.1, Linux 5.7). Where memory is a file QEMU punches holes into
    /// that, though clones map it privately (commit 1d44ff586f8a, "possibly messing with other MAP_PRIVATE/MAP_SHARED mappings"): neither templates nor clones do it.
    /// </summary>
    public static bool CanReturnMemory(MachineSpec spec) => spec.Guest.Family.KnowsVirtio && !IsTemplateOrClone(spec);

    // Of those that are frozen; what boots has a disk like any other.
    private static bool IsTemplateOrClone(MachineSpec spec) => spec.KeepsMemory || spec.Saved is not null;

    // A template has the adapter that its clones may need, and nothing behind it: what a machine goes on with has the same devices.
    private static IEnumerable<string> SecondAdapter(MachineSpec spec) =>
        spec.PrivateNetwork is null && !IsTemplateOrClone(spec)
            ? []
            :
            [
                "-netdev",
                spec.PrivateNetwork is { } network
                    ? $"vde,id={PrivateLink},sock={PrivateSwitch.SocketsFor(network)}"
                    : $"hubport,id={PrivateLink},hubid=1",
                "-device",
                $"virtio-net-pci,netdev={PrivateLink},mac={spec.PrivateMac}",
            ];

    // A clone's writes are its own, and never the file's. Its memory keeps its name when it boots: checkpoints know it by that.
    private static string? MemoryOf(QemuMachine machine) =>
        machine.Continues is { } saved ? $"memory-backend-file,mem-path={Escape(saved.MemoryPath)},share=off"
        : machine.Spec.KeepsMemory ? $"memory-backend-file,mem-path={HostFolder.MemoryName},share=on"
        : machine.Spec.Saved is not null ? "memory-backend-ram"
        : null;

    // Windows keeps better time, and wakes its processors less, with the help of Hyper-V's own interface; TCG has none of it.
    private static string Processor(QemuMachine machine)
    {
        var cpu = Cpu(machine.Accelerator, machine.Spec.Nested);
        return machine.Spec.Guest.Family.UsesHyperVInterface && machine.Accelerator == "kvm"
            ? $"{cpu},hv-relaxed,hv-vapic,hv-spinlocks=0x1fff,hv-vpindex,hv-time"
            : cpu;
    }

    private static IEnumerable<string> VirtioDevices(MachineSpec spec) =>
        [
            // Else QEMU opens it anew by its name when it saves a machine, which after -daemonize leads nowhere.
            .. Disk(
                DiskDrive,
                HostFolder.DiskName,
                "qcow2",
                $"discard=unmap{(IsTemplateOrClone(spec) ? ",auto-read-only=off" : "")}"
            ),
            .. Disk("seed0", HostFolder.SeedName, "raw", "readonly=on"),
            "-device",
            $"virtio-net-pci,netdev={Network}{(spec.OwnMac is { } mac ? $",mac={mac}" : "")}",
            "-device",
            "virtio-rng-pci",
            // Last: what a machine had before keeps its place on the bus.
            .. spec.DataDisk is null
                ? []
                : Disk(
                    DataDrive,
                    HostFolder.DataDiskName,
                    "qcow2",
                    "discard=unmap",
                    $",serial={MachineSpec.DataDiskSerial}"
                ),
            .. spec.ReturnsMemory ? (string[])["-device", "virtio-balloon-pci,free-page-reporting=on"] : [],
        ];

    // Media are on AHCI in any case, which set-up reads before it has drivers of others.
    private static IEnumerable<string> InboxDevices(MachineSpec spec) =>
        [
            "-drive",
            $"if=none,id={DiskDrive},file={HostFolder.DiskName},format=qcow2,discard=unmap",
            "-device",
            $"{(spec.Devices == DeviceModel.Virtio ? $"virtio-blk-pci,drive={DiskDrive}" : $"ide-hd,drive={DiskDrive},bus=ide.0")},bootindex=1",
            .. spec.Boot is InstallationMedium installation
                ? Cd("install", "ide.1", spec.HasMedia ? installation.IsoPath : null, ",bootindex=0")
                : [],
            .. Cd("seed", "ide.2", spec.HasMedia ? HostFolder.SeedName : null, ""),
            .. spec.Boot is InstallationMedium { Drivers: { } drivers }
                ? Cd("drivers", "ide.3", spec.HasMedia ? drivers.IsoPath : null, "")
                : [],
            "-device",
            $"{(spec.Devices == DeviceModel.Virtio ? "virtio-net-pci" : "e1000e")},netdev={Network}",
        ];

    // The drive stays when its medium is gone; Windows would take a changed machine amiss.
    private static IEnumerable<string> Cd(string id, string bus, string? file, string more) =>
        [
            .. file is null
                ? Array.Empty<string>()
                : ["-drive", $"if=none,id={id},file={Escape(file)},format=raw,media=cdrom,readonly=on"],
            "-device",
            $"ide-cd,id={id}-cd,bus={bus}{(file is null ? "" : $",drive={id}")}{more}",
        ];

    // QEMU's option lists have a comma doubled.
    private static string Escape(string path) => path.Replace(",", ",,", StringComparison.Ordinal);

    private static IEnumerable<string> Boot(BootMedia boot) =>
        boot is KernelDisk disk
            ?
            [
                "-kernel",
                disk.KernelPath,
                "-initrd",
                disk.InitrdPath,
                "-append",
                // The last console is the system's own; the first still gets the kernel's messages, and a log-in prompt for the picture.
                $"{disk.KernelCommandLine} console=tty0 console=ttyS0",
            ]
            : [];

    private static IEnumerable<string> Disk(string id, string file, string format, string options, string more = "") =>
        [
            "-drive",
            $"if=none,id={id},file={file},format={format},{options}",
            "-device",
            $"virtio-blk-pci,drive={id}{more}",
        ];
}
