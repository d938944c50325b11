using ContainerHost.Files;
using ContainerHost.Processes;

namespace ContainerHost.Machines.Qemu;

/// <summary>What a machine's QEMU has done so far, and what it takes.</summary>
internal sealed class QemuActivity(HostFolder folder, ProcessIdentity? process)
{
    public MachineUse Use => new(FileStatus.RoomIn(folder.Path), process?.OwnMemory);

    public async Task<MachineActivity> ReadAsync(QemuMonitor monitor, CancellationToken cancellationToken) =>
        process?.ProcessorTime is { } taken
            ? new MachineActivity(true, taken, await monitor.CountDiskOperationsAsync(folder, cancellationToken))
            : MachineActivity.Ended;
}
