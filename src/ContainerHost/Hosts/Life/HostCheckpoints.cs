using System.Text.Json;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Machines;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Life;

/// <summary>Checkpoints of hosts: the machine's, and beside it what was known of the host, so that a host that goes back knows what it is.</summary>
internal sealed class HostCheckpoints(HostServices services)
{
    /// <summary>Those of a host, oldest first; touches nothing.</summary>
    public async Task<IReadOnlyList<CheckpointOverview>> ListAsync(HostName name, CancellationToken cancellationToken)
    {
        var state = services.Store.Load(name) ?? throw HostErrors.NotCreated(name);
        var hypervisor = services.HypervisorFor(state.Spec);
        var kept = await ListAsync(hypervisor, services.Store.FolderOf(name), cancellationToken);
        return [.. kept.Select(one => new CheckpointOverview(one.Name, one.CreatedAt, one.HasMemory))];
    }

    /// <summary>Keeps the host as it is, with its memory where it runs.</summary>
    public async Task<CheckpointOverview> CreateAsync(
        HostName name,
        string? wanted,
        CancellationToken cancellationToken
    )
    {
        var checkpoint = CheckpointName.Require(wanted ?? CheckpointName.At(services.Time.GetLocalNow()));
        using var host = await LiveHost.OpenAsync(services, name, cancellationToken);
        var there = await ListAsync(host.Hypervisor, host.Folder, cancellationToken);
        if (there.Any(one => one.Name == checkpoint))
            throw new InvalidInputException([
                $"--checkpoint-name '{checkpoint}' is taken; RemoveCheckpoint removes it, and without a name there is always another.",
            ]);
        // What a killed run left of one of that name: either half without the other.
        await RemoveAsync(host, checkpoint, cancellationToken);
        await AtomicFile.WriteTextAsync(
            FileOf(host.Folder, checkpoint),
            JsonSerializer.Serialize(host.Session.Existing, SpecificationJson.Options) + "\n",
            cancellationToken,
            secret: true
        );
        try
        {
            await host.Hypervisor.CreateCheckpointAsync(host.Folder, checkpoint, cancellationToken);
        }
        catch
        {
            await RemoveAsync(host, checkpoint, CancellationToken.None);
            throw;
        }
        return new CheckpointOverview(checkpoint, services.Time.GetUtcNow(), host.Runs);
    }

    /// <summary>Takes the host back to a checkpoint, the latest where none is named; one with memory answers when this returns.</summary>
    public async Task<CheckpointOverview> RestoreAsync(
        HostName name,
        string? wanted,
        CancellationToken cancellationToken
    )
    {
        if (wanted is not null)
            CheckpointName.Require(wanted);
        using var host = await LiveHost.OpenAsync(services, name, cancellationToken);
        var there = await ListAsync(host.Hypervisor, host.Folder, cancellationToken);
        var checkpoint =
            there.LastOrDefault(one => wanted is null || one.Name == wanted) ?? throw Unknown(wanted, there);
        var kept = await ReadAsync(host, checkpoint.Name, cancellationToken);
        // Of a run that is killed from here on nobody may think that its host is as it was verified, whatever else it repeats.
        await host.Session.SaveAsync(kept with { LastVerification = null }, cancellationToken);
        await FitAsync(host, kept.Spec, cancellationToken);
        await host.Hypervisor.RestoreCheckpointAsync(host.Folder, checkpoint.Name, cancellationToken);
        if (checkpoint.HasMemory)
            await host.AnswerAsync(cancellationToken);
        await host.Session.SaveAsync(kept, cancellationToken);
        return new CheckpointOverview(checkpoint.Name, checkpoint.CreatedAt, checkpoint.HasMemory);
    }

    /// <summary>Removes a checkpoint; returns false when there was none.</summary>
    public async Task<bool> RemoveAsync(HostName name, string checkpoint, CancellationToken cancellationToken)
    {
        CheckpointName.Require(checkpoint);
        using var host = await LiveHost.OpenAsync(services, name, cancellationToken);
        var there = await ListAsync(host.Hypervisor, host.Folder, cancellationToken);
        await RemoveAsync(host, checkpoint, cancellationToken);
        return there.Any(one => one.Name == checkpoint);
    }

    // Memory goes back only into a machine of the same size.
    private static async Task FitAsync(LiveHost host, HostSpec kept, CancellationToken cancellationToken)
    {
        var machine = (await host.Hypervisor.GetSpecAsync(host.Folder, cancellationToken))!;
        var size = machine.Size with { Cpus = kept.Cpus, Memory = kept.Memory, Network = kept.Network };
        if (machine.Size == size)
            return;
        await host.Hypervisor.StopAsync(host.Folder, TimeSpan.Zero, cancellationToken);
        await host.Hypervisor.ReconfigureAsync(host.Folder, size, cancellationToken);
    }

    private static async Task RemoveAsync(LiveHost host, string checkpoint, CancellationToken cancellationToken)
    {
        await host.Hypervisor.RemoveCheckpointAsync(host.Folder, checkpoint, cancellationToken);
        if (Directory.Exists(host.Folder.Checkpoints))
            File.Delete(FileOf(host.Folder, checkpoint));
    }

    // One that is whole: a machine's without ours is another's, or a killed run's.
    private static async Task<IReadOnlyList<Checkpoint>> ListAsync(
        IHypervisor hypervisor,
        HostFolder folder,
        CancellationToken cancellationToken
    ) =>
        Directory.Exists(folder.Checkpoints)
            ?
            [
                .. (await hypervisor.GetCheckpointsAsync(folder, cancellationToken)).Where(one =>
                    File.Exists(FileOf(folder, one.Name))
                ),
            ]
            : [];

    private static async Task<HostState> ReadAsync(
        LiveHost host,
        string checkpoint,
        CancellationToken cancellationToken
    )
    {
        var path = FileOf(host.Folder, checkpoint);
        try
        {
            var text = await File.ReadAllTextAsync(path, cancellationToken);
            return VersionedJson.Read<HostState>(text, HostState.CurrentSchemaVersion);
        }
        catch (VersionedJsonException unreadable)
        {
            throw new ContainerHostException(
                $"restore the checkpoint '{checkpoint}'",
                $"{path} {unreadable.Message}",
                "restore another; RemoveCheckpoint removes this one.",
                host.Name.Value,
                unreadable
            );
        }
    }

    private static string FileOf(HostFolder folder, string checkpoint) =>
        Path.Combine(folder.Checkpoints, Path.GetFileName(checkpoint) + ".json");

    private static InvalidInputException Unknown(string? wanted, IReadOnlyList<Checkpoint> there) =>
        new([
            there.Count == 0
                ? "there is no checkpoint of the host yet; the target Checkpoint makes one."
                : $"--checkpoint-name '{wanted}' is none of the host's, which are {string.Join(", ", there.Select(one => one.Name))}.",
        ]);
}
