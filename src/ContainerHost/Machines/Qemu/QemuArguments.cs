using ContainerHost.Files;
using ContainerHost.Media;

namespace ContainerHost.Machines.Qemu;

/// <summary>From a machine to QEMU's arguments: a pure function, read it to know the machine. Paths in the host's folder are relative to it.</summary>
internal static class QemuArguments
{
    /// <summary>The program that runs machines.</summary>
    public const string Program = "qemu-system-x86_64";

    /// <summary>The id of the network back end, by which the forwarded port is found.</summary>
    public const string Network = "net0";

    public static IReadOnlyList<string> For(QemuMachine machine)
    {
        var spec = machine.Spec;
        return
        [
            "-nodefaults",
            "-no-user-config",
            "-name",
            spec.Name.Value,
            "-uuid",
            spec.InstanceId.ToString(),
            "-machine",
            "q35,hpet=off,vmport=off",
            "-accel",
            Accelerator(machine.Accelerator),
            "-cpu",
            Cpu(machine.Accelerator, spec.Nested),
            "-smp",
            $"{spec.Cpus}",
            "-m",
            $"{spec.Memory.MiB}M",
            .. Boot(spec.Boot),
            .. Disk("disk0", HostFolder.DiskName, "qcow2", "discard=unmap"),
            .. Disk("seed0", HostFolder.SeedName, "raw", "readonly=on"),
            "-netdev",
            $"user,id={Network},hostfwd=tcp:127.0.0.1:{machine.Port}-:22",
            "-device",
            $"virtio-net-pci,netdev={Network}",
            "-device",
            "virtio-rng-pci",
            "-device",
            "VGA",
            "-display",
            "none",
            "-chardev",
            $"file,id=serial0,path={HostFolder.SerialLogName},append=on",
            "-serial",
            "chardev:serial0",
            "-qmp",
            $"unix:{HostFolder.QmpName},server=on,wait=off",
            // Spawning and changing privileges cannot be denied together with -daemonize, which itself forks and starts a session.
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
        accelerator == "tcg" ? "tcg,thread=multi,tb-size=512" : accelerator;

    /// <summary>The processor's argument: all that the accelerator can give, with virtualisation only where it is wanted.</summary>
    public static string Cpu(string accelerator, bool nested)
    {
        // QEMU 7.2's emulation of five-level paging goes wrong for a guest without SVM: mounts and synchronised writes fail at random.
        var model = accelerator == "tcg" ? "max,la57=off" : "host";
        return nested ? model : $"{model},svm=off,vmx=off";
    }

    private static IEnumerable<string> Boot(BootMedia boot) =>
        boot.KernelPath is null
            ? []
            :
            [
                "-kernel",
                boot.KernelPath,
                "-initrd",
                boot.InitrdPath!,
                "-append",
                // The last console is the system's own; the first still gets the kernel's messages, and a log-in prompt for the picture.
                $"{boot.KernelCommandLine} console=tty0 console=ttyS0",
            ];

    private static IEnumerable<string> Disk(string id, string file, string format, string options) =>
        ["-drive", $"if=none,id={id},file={file},format={format},{options}", "-device", $"virtio-blk-pci,drive={id}"];
}
