using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.Qemu;

/// <summary>
/// Checkpoints as snapshots in the machine's own disks, QEMU's "internal" ones, in all of them or none: of a running machine with its memory, by the jobs snapshot-save,
/// snapshot-load and snapshot-delete (QAPI, since QEMU 6.0), of one that is off by qemu-img. One is there when the disk that the machine boots from has it.
/// </summary>
internal sealed class QemuCheckpoints(QemuMonitor monitor, IProcessRunner processes, Poll poll)
{
    private static readonly string[] Jobs = ["snapshot-save", "snapshot-load", "snapshot-delete"];

    /// <summary>The machine's, oldest first, whether it runs or not.</summary>
    public async Task<IReadOnlyList<Checkpoint>> ListAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        return
        [
            .. from snapshot in await SnapshotsAsync(folder, folder.Disk, cancellationToken)
            let at = DateTimeOffset.FromUnixTimeSeconds(snapshot["date-sec"]!.GetValue<long>())
            orderby at, snapshot["date-nsec"]!.GetValue<long>()
            select new Checkpoint(
                snapshot["name"]!.GetValue<string>(),
                at,
                snapshot["vm-state-size"]!.GetValue<long>() > 0
            ),
        ];
    }

    /// <summary>A disk's size as the guest sees it.</summary>
    public async Task<ByteSize> SizeAsync(HostFolder folder, MachineDisk disk, CancellationToken cancellationToken) =>
        new((await LookAsync(folder, FileOf(folder, disk), cancellationToken))["virtual-size"]!.GetValue<long>());

    /// <summary>A machine with the sizes that its disks have.</summary>
    public async Task<MachineSpec> WithSizesAsync(MachineSpec machine, CancellationToken cancellationToken)
    {
        machine = machine with { DiskSize = await SizeAsync(machine.Folder, MachineDisk.System, cancellationToken) };
        return machine.DataDisk is null
            ? machine
            : machine with
            {
                DataDisk = await SizeAsync(machine.Folder, MachineDisk.Data, cancellationToken),
            };
    }

    public async Task CreateAsync(HostFolder folder, string name, bool runs, CancellationToken cancellationToken)
    {
        if (runs)
            await JobAsync(folder, "snapshot-save", name, cancellationToken);
        else
            // That by which it is there comes last.
            foreach (var disk in FilesOf(folder).Reverse())
                await SnapshotAsync(folder, "make", "-c", name, disk, cancellationToken);
    }

    /// <summary>Takes a running machine back to a checkpoint with memory, or the disks of one that is off.</summary>
    public async Task RestoreAsync(HostFolder folder, string name, bool runs, CancellationToken cancellationToken)
    {
        if (runs)
            await JobAsync(folder, "snapshot-load", name, cancellationToken);
        else
            foreach (var disk in FilesOf(folder))
                await SnapshotAsync(folder, "restore", "-a", name, disk, cancellationToken);
    }

    /// <summary>Removes a checkpoint; one that is not there, or not in all disks, is fine.</summary>
    public async Task RemoveAsync(HostFolder folder, string name, bool runs, CancellationToken cancellationToken)
    {
        // A running machine may be at work on it still, and says nothing of one that it does not have.
        if (runs)
            await JobAsync(folder, "snapshot-delete", name, cancellationToken);
        else
            foreach (var disk in FilesOf(folder))
                if (
                    (await SnapshotsAsync(folder, disk, cancellationToken)).Any(one =>
                        one["name"]!.GetValue<string>() == name
                    )
                )
                    await SnapshotAsync(folder, "remove", "-d", name, disk, cancellationToken);
    }

    /// <summary>Makes a disk larger; the guest of a running machine sees it at once.</summary>
    public async Task GrowAsync(
        HostFolder folder,
        MachineDisk disk,
        long bytes,
        bool runs,
        CancellationToken cancellationToken
    )
    {
        if (runs)
            await monitor.ExecuteAsync(
                folder,
                "block_resize",
                new JsonObject
                {
                    ["device"] = disk == MachineDisk.Data ? QemuArguments.DataDrive : QemuArguments.DiskDrive,
                    ["size"] = bytes,
                },
                cancellationToken
            );
        else
            await RunAsync(
                folder,
                "grow the disk",
                ["resize", "-q", FileOf(folder, disk), $"{bytes}"],
                cancellationToken
            );
    }

    private static string FileOf(HostFolder folder, MachineDisk disk) =>
        disk == MachineDisk.Data ? folder.DataDisk : folder.Disk;

    private static IReadOnlyList<string> FilesOf(HostFolder folder) =>
        File.Exists(folder.DataDisk) ? [folder.Disk, folder.DataDisk] : [folder.Disk];

    private Task<string> SnapshotAsync(
        HostFolder folder,
        string verb,
        string option,
        string name,
        string disk,
        CancellationToken cancellationToken
    ) => RunAsync(folder, $"{verb} the checkpoint '{name}'", ["snapshot", option, name, disk], cancellationToken);

    private async Task<IEnumerable<JsonNode>> SnapshotsAsync(
        HostFolder folder,
        string disk,
        CancellationToken cancellationToken
    ) => (((await LookAsync(folder, disk, cancellationToken))["snapshots"] as JsonArray) ?? []).OfType<JsonNode>();

    // What is asked for does not change while QEMU writes to the file (qemu-img(1), --force-share).
    private async Task<JsonNode> LookAsync(HostFolder folder, string disk, CancellationToken cancellationToken)
    {
        string[] words = ["info", "--force-share", "--output=json", disk];
        return JsonNode.Parse(await RunAsync(folder, "look at the machine's disk", words, cancellationToken))!;
    }

    private async Task<string> RunAsync(
        HostFolder folder,
        string attempted,
        string[] words,
        CancellationToken cancellationToken
    ) =>
        (
            await processes.RunCheckedAsync(
                new Command("qemu-img", words),
                attempted,
                "see that the hosts' folder has space; './build.sh Status' tells whether the host is whole.",
                cancellationToken,
                folder.Name
            )
        ).StandardOutput;

    private Task<bool> JobAsync(HostFolder folder, string command, string name, CancellationToken cancellationToken) =>
        monitor.WithClientAsync(
            folder,
            command,
            TimeLimits.QemuCheckpoint,
            async (qmp, token) =>
            {
                var disks = await NodesAsync(qmp, folder, token);
                var arguments = new JsonObject
                {
                    ["job-id"] = command,
                    ["tag"] = name,
                    ["devices"] = new JsonArray([.. disks.Select(disk => JsonValue.Create(disk))]),
                };
                if (command != "snapshot-delete")
                    arguments["vmstate"] = disks[0];
                // What another run began, and was killed or cancelled, goes on and is there until somebody dismisses it.
                foreach (var earlier in Jobs)
                    await EndAsync(qmp, folder, earlier, token, mayBeNone: true);
                await qmp.ExecuteAsync(command, arguments, token);
                await EndAsync(qmp, folder, command, token);
                return true;
            },
            cancellationToken
        );

    // The names of their nodes, which QEMU chooses; that of the system's disk first, where memory goes.
    private static async Task<IReadOnlyList<string>> NodesAsync(
        QmpClient qmp,
        HostFolder folder,
        CancellationToken cancellationToken
    )
    {
        var drives = await qmp.ExecuteAsync("query-block", null, cancellationToken) as JsonArray ?? [];
        var nodes = ((string[])[QemuArguments.DiskDrive, QemuArguments.DataDrive])
            .Select(id => drives.FirstOrDefault(drive => drive?["device"]?.GetValue<string>() == id))
            .Select(drive => drive?["inserted"]?["node-name"]?.GetValue<string>())
            .ToList();
        return nodes[0] is null
            ? throw MachineFile.Failed("find the machine's disk", "QEMU told of none", folder.Name)
            : [.. nodes.OfType<string>()];
    }

    private async Task EndAsync(
        QmpClient qmp,
        HostFolder folder,
        string job,
        CancellationToken cancellationToken,
        bool mayBeNone = false
    )
    {
        var wait = new Wait(
            $"QEMU's {job} ends",
            TimeLimits.QemuCheckpoint,
            "see that the disk has space.",
            folder.Name
        );
        var ended = await poll.UntilAsync(
            wait,
            async token =>
            {
                var all = await qmp.ExecuteAsync("query-jobs", null, token) as JsonArray ?? [];
                var ours = all.FirstOrDefault(one => one?["id"]?.GetValue<string>() == job) as JsonObject;
                return ours is null && mayBeNone ? Looks.Found(new JsonObject())
                    : ours?["status"]?.GetValue<string>() == "concluded" ? Looks.Found(ours)
                    : Looks.NotYet<JsonObject>($"{ours?["status"] ?? "no such job"}");
            },
            cancellationToken
        );
        if (ended.Count == 0)
            return;
        await qmp.ExecuteAsync("job-dismiss", new JsonObject { ["id"] = job }, cancellationToken);
        if (!mayBeNone && ended["error"]?.GetValue<string>() is { } error)
            throw MachineFile.Failed(
                $"have QEMU execute '{job}'",
                error,
                folder.Name,
                "see that the disk has space; the host itself is as it was, unless it was to be restored: then it is off."
            );
    }
}
