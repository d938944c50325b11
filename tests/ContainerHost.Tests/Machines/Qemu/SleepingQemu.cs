using System.Diagnostics;
using System.Globalization;
using ContainerHost.Files;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;

namespace ContainerHost.Tests.Machines.Qemu;

/// <summary>A real QEMU that holds a machine's disk and has its network, without a machine in it that could do anything.</summary>
internal static class SleepingQemu
{
    public static async Task StartAsync(MachineSpec machine)
    {
        RealTool.Require(QemuArguments.Program);
        var folder = machine.Folder;
        await RealTool.RunAsync("qemu-img", "create", "-q", "-f", "qcow2", folder.Disk, "1M");
        string[] words =
        [
            "-nodefaults",
            "-machine",
            "none",
            "-S",
            "-display",
            "none",
            "-uuid",
            $"{machine.InstanceId}",
            "-drive",
            $"if=none,id={QemuArguments.DiskDrive},file={folder.Disk},format=qcow2",
            "-netdev",
            $"user,id={QemuArguments.Network},hostfwd=tcp:127.0.0.1:0-:22",
            "-qmp",
            $"unix:{folder.Qmp},server=on,wait=off",
            "-pidfile",
            folder.PidFile,
            "-daemonize",
        ];
        await RealTool.RunAsync(QemuArguments.Program, words);
    }

    public static void End(HostFolder folder)
    {
        if (!File.Exists(folder.PidFile))
            return;
        var id = int.Parse(File.ReadAllText(folder.PidFile), CultureInfo.InvariantCulture);
        using var process = Process.GetProcessById(id);
        process.Kill();
        process.WaitForExit();
    }
}
