using System.Text.Json;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts.Archives;
using ContainerHost.Hosts.Mounts;
using ContainerHost.Hosts.Templates;
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
        await WriteAsync(host.Folder, checkpoint, await KeepAsync(host, cancellationToken), cancellationToken);
        try
        {
            await host.Hypervisor.CreateCheckpointAsync(host.Folder, checkpoint, cancellationToken);
        }
        catch
        {
            await TryRemoveAsync(host, checkpoint);
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
        if (checkpoint.HasMemory)
            await RequireFitAsync(host, kept, checkpoint.Name, cancellationToken);
        // How long it is kept is no part of what it was, nor are this machine's ports and folders.
        var state = kept.Host with
        {
            ExpiresAt = host.Session.Existing.ExpiresAt,
            Spec = kept.Host.Spec with
            {
                Forward = host.Session.Existing.Spec.Forward,
                Mount = host.Session.Existing.Spec.Mount,
            },
        };
        // Of a run that is killed from here on nobody may think that its host is as it was verified, whatever else it repeats.
        await host.Session.SaveAsync(state with { LastVerification = null }, cancellationToken);
        // The guest's memory knows nothing of the connections that are there now.
        await new HostMounts(services).EndAllAsync(state, cancellationToken);
        await FitAsync(host, kept.Size, cancellationToken);
        await host.Hypervisor.RestoreCheckpointAsync(host.Folder, checkpoint.Name, cancellationToken);
        if (checkpoint.HasMemory)
            await AnswerAsync(host, kept.Host.Spec.Mount?.All ?? [], cancellationToken);
        if (kept.LockFile is { } locked)
            await AtomicFile.WriteTextAsync(host.Folder.LockFile, locked, cancellationToken);
        else
            File.Delete(host.Folder.LockFile);
        await host.Session.SaveAsync(state, cancellationToken);
        return new CheckpointOverview(checkpoint.Name, checkpoint.CreatedAt, checkpoint.HasMemory);
    }

    // Whoever looks at a folder of then that nothing serves any more would wait.
    private async Task AnswerAsync(LiveHost host, IReadOnlyList<FolderMount> had, CancellationToken cancellationToken)
    {
        await using var shell = await host.ConnectAsync(cancellationToken);
        var has = host.Session.Existing.Spec.Mount?.All ?? [];
        await new HostMounts(services).ForgetAsync(host.Session.Existing, had.Except(has), shell, cancellationToken);
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

    /// <summary>What is kept beside the disk of each checkpoint of a host.</summary>
    public static async Task<IReadOnlyList<ArchivedCheckpoint>> ReadAllAsync(
        LiveHost host,
        CancellationToken cancellationToken
    )
    {
        var all = new List<ArchivedCheckpoint>();
        foreach (var one in await ListAsync(host.Hypervisor, host.Folder, cancellationToken))
            all.Add(new ArchivedCheckpoint(one.Name, await ReadAsync(host, one.Name, cancellationToken)));
        return all;
    }

    /// <summary>Keeps that of a checkpoint which is in the host's disk.</summary>
    public static Task WriteAsync(
        HostFolder folder,
        string checkpoint,
        KeptHost kept,
        CancellationToken cancellationToken
    ) =>
        AtomicFile.WriteTextAsync(
            FileOf(folder, checkpoint),
            JsonSerializer.Serialize(kept, SpecificationJson.Options) + "\n",
            cancellationToken,
            secret: true
        );

    private static async Task<KeptHost> KeepAsync(LiveHost host, CancellationToken cancellationToken) =>
        new()
        {
            Hypervisor = TemplateStore.Describe(await host.Hypervisor.GetFeaturesAsync(cancellationToken)),
            Size = (await host.Hypervisor.GetSpecAsync(host.Folder, cancellationToken))!.Size,
            Host = host.Session.Existing,
            LockFile = File.Exists(host.Folder.LockFile)
                ? await File.ReadAllTextAsync(host.Folder.LockFile, cancellationToken)
                : null,
        };

    private static async Task RequireFitAsync(
        LiveHost host,
        KeptHost kept,
        string checkpoint,
        CancellationToken cancellationToken
    )
    {
        var here = TemplateStore.Describe(await host.Hypervisor.GetFeaturesAsync(cancellationToken));
        if (kept.Hypervisor != here)
            throw new ContainerHostException(
                $"restore the checkpoint '{checkpoint}'",
                $"the memory in it is {kept.Hypervisor}'s, and here is {here}",
                "restore another; one that was made while the host was off fits anywhere.",
                host.Name.Value
            );
    }

    // Memory goes back only into a machine of the same size.
    private static async Task FitAsync(LiveHost host, MachineSize size, CancellationToken cancellationToken)
    {
        if ((await host.Hypervisor.GetSpecAsync(host.Folder, cancellationToken))!.Size == size)
            return;
        await host.Hypervisor.StopAsync(host.Folder, TimeSpan.Zero, cancellationToken);
        await host.Hypervisor.ReconfigureAsync(host.Folder, size, cancellationToken);
    }

    // What is left is listed, and can be removed; the first error is the one to tell.
    private async Task TryRemoveAsync(LiveHost host, string checkpoint)
    {
        try
        {
            await RemoveAsync(host, checkpoint, CancellationToken.None);
        }
        catch (Exception left) when (left is ContainerHostException or IOException)
        {
            services.Log.Error("The checkpoint {Checkpoint} is left half-made: {Problem}", checkpoint, left.Message);
        }
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

    private static async Task<KeptHost> ReadAsync(LiveHost host, string checkpoint, CancellationToken cancellationToken)
    {
        var path = FileOf(host.Folder, checkpoint);
        try
        {
            var text = await File.ReadAllTextAsync(path, cancellationToken);
            return VersionedJson.Read<KeptHost>(text, KeptHost.CurrentSchemaVersion);
        }
        catch (VersionedJsonException unreadable)
        {
            throw new ContainerHostException(
                $"read the checkpoint '{checkpoint}'",
                $"{path} {unreadable.Message}",
                "use another; RemoveCheckpoint removes this one.",
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
