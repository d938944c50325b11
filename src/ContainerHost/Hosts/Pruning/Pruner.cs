using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts.Life;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Media.DebianImage;
using ContainerHost.Media.Keeping;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Pruning;

/// <summary>Keeps the cache below its limit, by what was used least recently and by no host, and finds what killed runs and deleted folders left.</summary>
internal sealed class Pruner(HostServices services)
{
    private readonly CacheFolder _cache = new(services.Folders.CacheDirectory);
    private readonly CacheUsers _users = new(services.Folders.CacheDirectory);
    private readonly Poll _poll = new(services.Time) { Interval = TimeSpan.FromMilliseconds(250) };

    /// <summary>Tells what would go, and removes it where <paramref name="remove"/> is true.</summary>
    public async Task<PruneReport> PruneAsync(bool remove, CancellationToken cancellationToken)
    {
        var items = new List<PrunedItem>();
        foreach (var machine in services.Strays?.Find(HostsFolders) ?? [])
            items.Add(await EndAsync(machine, remove, cancellationToken));
        var hosts = new List<PrunedItem>();
        foreach (var ended in new Leases(services).Ended())
            hosts.Add(await EndAsync(ended, remove, cancellationToken));
        var report = await PruneCacheAsync(items, remove, cancellationToken);
        return report with { Items = [.. hosts, .. report.Items] };
    }

    private async Task<PrunedItem> EndAsync(EndedLease ended, bool remove, CancellationToken cancellationToken)
    {
        var item = new PrunedItem
        {
            Kind = ended.IsTemplate ? "template past its lifetime" : "host past its lifetime",
            Path = ended.Folder,
            Bytes = CacheContent.RoomOf(new DirectoryInfo(ended.Folder)),
            LastUse = ended.EndedAt,
        };
        return item with
        {
            Problem = remove ? await new Leases(services).TryRemoveAsync(ended, cancellationToken) : null,
        };
    }

    private List<string> HostsFolders => [.. _users.Folders.Append(services.Store.HostsDirectory).Distinct()];

    /// <summary>
    /// Removes packages above the limit, and tells it; what cannot be removed is no reason not to go on. Disks go by the target alone: hosts that
    /// this run cannot see, of an earlier release or another machine, may lie on them.
    /// </summary>
    public async Task KeepLimitAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (new CacheContent(_cache).Bytes <= services.Folders.CacheLimit)
                return;
            var report = await PruneCacheAsync([], remove: true, cancellationToken, entry => entry.IsPackage);
            foreach (var line in PruneText.Of(report))
                services.Log.Information("Cache: {Told}", line);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            services.Log.Warning("The cache's limit could not be kept: {Reason}", refused.Message);
        }
    }

    private async Task<PruneReport> PruneCacheAsync(
        List<PrunedItem> items,
        bool remove,
        CancellationToken cancellationToken,
        Func<CacheEntry, bool>? only = null
    )
    {
        var content = new CacheContent(_cache);
        var now = services.Time.GetUtcNow().UtcDateTime;
        var report = new PruneReport
        {
            Cache = _cache.Path,
            Bytes = content.Bytes,
            Limit = services.Folders.CacheLimit,
            Removed = remove,
            Items = items,
            Unknown = [],
        };
        foreach (var leftover in content.Leftovers(now - TimeLimits.Leftover))
            await AddAsync(leftover);
        // Read before the cache is looked at: what a run finds from now on it has stamped.
        var open = services.Strays?.OpenFiles() ?? [];
        var used = UsedNames.Read(HostsFolders, _users, services.Store.HostsDirectory, open);
        var old = content.Entries.Where(entry =>
            entry.LastUse < now - TimeLimits.CacheUse && !used.Has(entry.Key) && only?.Invoke(entry) != false
        );
        foreach (var entry in used.Unknown.Count > 0 ? [] : old)
        {
            if (report.Bytes - report.ItemBytes <= report.Limit)
                break;
            await AddAsync(entry);
        }
        return report with { Unknown = used.Unknown };

        async Task AddAsync(CacheEntry entry)
        {
            var problem = remove ? await RemoveAsync(entry, now, cancellationToken) : null;
            items.Add(
                new PrunedItem
                {
                    Kind = entry.Kind,
                    Path = entry.Path,
                    Bytes = entry.Bytes,
                    LastUse = new DateTimeOffset(entry.LastUse, TimeSpan.Zero),
                    Problem = problem,
                }
            );
        }
    }

    // Null, or why it stays.
    private async Task<string?> RemoveAsync(CacheEntry entry, DateTime now, CancellationToken cancellationToken)
    {
        try
        {
            using var held = entry.Lock.Length > 0 ? ProcessLock.TryTake(_cache.Lock(entry.Lock)) : null;
            if (entry.Lock.Length > 0 && held is null)
                return "another process works on it";
            if (CheckedFile.LastUseOf(FolderOrFile(entry.Path)) > now - TimeLimits.CacheUse)
                return "it was used meanwhile";
            if (entry.Kind == CacheContent.Unfinished)
                await new BuildRemains(_cache, services.Processes, _poll).RemoveAsync(entry.Key, cancellationToken);
            else
                Delete(entry.Path);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ContainerHostException)
        {
            return (refused as ContainerHostException)?.Saw ?? refused.Message;
        }
    }

    // Digests first, so that a kill in between leaves nothing that is believed.
    private static void Delete(string path)
    {
        if (!Directory.Exists(path))
        {
            CheckedFile.Delete(path);
            return;
        }
        // What is behind a link is not the cache's.
        if (new DirectoryInfo(path).LinkTarget is null)
        {
            foreach (var file in Directory.GetFiles(path).Where(CheckedFile.IsRecord))
                File.Delete(file);
        }
        Directory.Delete(path, recursive: true);
    }

    private static FileSystemInfo FolderOrFile(string path) =>
        Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);

    private async Task<PrunedItem> EndAsync(StrayMachine machine, bool remove, CancellationToken cancellationToken)
    {
        var item = new PrunedItem
        {
            Kind = "machine",
            Path = machine.Folder,
            ProcessId = machine.Process.Id,
        };
        try
        {
            if (remove)
                await services.Strays!.EndAsync(machine, cancellationToken);
            return item;
        }
        catch (Exception refused) when (refused is System.ComponentModel.Win32Exception or ContainerHostException)
        {
            return item with { Problem = (refused as ContainerHostException)?.Saw ?? refused.Message };
        }
    }
}
