using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Processes;

namespace ContainerHost.Machines.Qemu;

/// <summary>What a machine's QEMU has done so far, and what it takes.</summary>
internal sealed class QemuActivity(HostFolder folder, ProcessIdentity? process)
{
    public MachineUse Use => new(FileStatus.RoomIn(folder.Path), process?.OwnMemory);

    public async Task<MachineActivity> ReadAsync(QemuMonitor monitor, CancellationToken cancellationToken)
    {
        if (process?.ProcessorTime is not { } taken)
            return MachineActivity.Ended;
        try
        {
            var disks =
                await monitor.ExecuteAsync(folder, "query-blockstats", null, cancellationToken) as JsonArray ?? [];
            return new MachineActivity(
                true,
                taken,
                disks.Sum(disk => Count(disk, "rd_operations") + Count(disk, "wr_operations"))
            );
        }
        catch (ContainerHostException)
        {
            // A QEMU that does not answer does nothing either.
            return new MachineActivity(true, taken, 0);
        }
    }

    private static long Count(JsonNode? disk, string what) => disk?["stats"]?[what]?.GetValue<long>() ?? 0;
}
