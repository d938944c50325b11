using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.Qemu;

/// <summary>
/// Checkpoints as snapshots in the machine's own disk, QEMU's "internal" ones: of a running machine with its memory, by the jobs snapshot-save, snapshot-load and
/// snapshot-delete (QAPI, since QEMU 6.0), of one that is off by qemu-img.
/// </summary>
internal sealed class QemuCheckpoints(QemuMonitor monitor, IProcessRunner processes, Poll poll)
{
    private static readonly string[] Jobs = ["snapshot-save", "snapshot-load", "snapshot-delete"];

    /// <summary>The disk's, oldest first, whether its machine runs or not.</summary>
    public async Task<IReadOnlyList<Checkpoint>> ListAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        return
        [
            .. from snapshot in (await LookAsync(folder, cancellationToken))["snapshots"] as JsonArray ?? []
            let at = DateTimeOffset.FromUnixTimeSeconds(snapshot["date-sec"]!.GetValue<long>())
            orderby at, snapshot["date-nsec"]!.GetValue<long>()
            select new Checkpoint(
                snapshot["name"]!.GetValue<string>(),
                at,
                snapshot["vm-state-size"]!.GetValue<long>() > 0
            ),
        ];
    }

    /// <summary>The disk's size as the guest sees it.</summary>
    public async Task<ByteSize> SizeAsync(HostFolder folder, CancellationToken cancellationToken) =>
        new((await LookAsync(folder, cancellationToken))["virtual-size"]!.GetValue<long>());

    public Task CreateAsync(HostFolder folder, string name, bool runs, CancellationToken cancellationToken) =>
        runs
            ? JobAsync(folder, "snapshot-save", name, cancellationToken)
            : RunAsync(
                folder,
                $"make the checkpoint '{name}'",
                ["snapshot", "-c", name, folder.Disk],
                cancellationToken
            );

    /// <summary>Takes a running machine back to a checkpoint with memory, or the disk of one that is off.</summary>
    public Task RestoreAsync(HostFolder folder, string name, bool runs, CancellationToken cancellationToken) =>
        runs
            ? JobAsync(folder, "snapshot-load", name, cancellationToken)
            : RunAsync(
                folder,
                $"restore the checkpoint '{name}'",
                ["snapshot", "-a", name, folder.Disk],
                cancellationToken
            );

    public Task RemoveAsync(HostFolder folder, string name, bool runs, CancellationToken cancellationToken) =>
        runs
            ? JobAsync(folder, "snapshot-delete", name, cancellationToken)
            : RunAsync(
                folder,
                $"remove the checkpoint '{name}'",
                ["snapshot", "-d", name, folder.Disk],
                cancellationToken
            );

    /// <summary>Makes the disk larger; the guest of a running machine sees it at once.</summary>
    public async Task GrowAsync(HostFolder folder, long bytes, bool runs, CancellationToken cancellationToken)
    {
        if (runs)
            await monitor.ExecuteAsync(
                folder,
                "block_resize",
                new JsonObject { ["device"] = QemuArguments.DiskDrive, ["size"] = bytes },
                cancellationToken
            );
        else
            await RunAsync(folder, "grow the disk", ["resize", "-q", folder.Disk, $"{bytes}"], cancellationToken);
    }

    // What is asked for does not change while QEMU writes to the file (qemu-img(1), --force-share).
    private async Task<JsonNode> LookAsync(HostFolder folder, CancellationToken cancellationToken)
    {
        string[] words = ["info", "--force-share", "--output=json", folder.Disk];
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
                var disk = await NodeAsync(qmp, folder, token);
                var arguments = new JsonObject
                {
                    ["job-id"] = command,
                    ["tag"] = name,
                    ["devices"] = new JsonArray(disk),
                };
                if (command != "snapshot-delete")
                    arguments["vmstate"] = disk;
                // What another run began, and was killed or cancelled, goes on and is there until somebody dismisses it.
                foreach (var earlier in Jobs)
                    await EndAsync(qmp, folder, earlier, token, mayBeNone: true);
                await qmp.ExecuteAsync(command, arguments, token);
                await EndAsync(qmp, folder, command, token);
                return true;
            },
            cancellationToken
        );

    // The name of its node, which QEMU chooses.
    private static async Task<string> NodeAsync(
        QmpClient qmp,
        HostFolder folder,
        CancellationToken cancellationToken
    ) =>
        (await qmp.ExecuteAsync("query-block", null, cancellationToken) as JsonArray ?? [])
            .Where(drive => drive?["device"]?.GetValue<string>() == QemuArguments.DiskDrive)
            .Select(drive => drive?["inserted"]?["node-name"]?.GetValue<string>())
            .FirstOrDefault()
        ?? throw MachineFile.Failed("find the machine's disk", "QEMU told of none", folder.Name);

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
