using ContainerHost.Errors;
using ContainerHost.Hosts.Mounts;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Life;

/// <summary>Gives folders of this machine to a host that is made and takes them away, at once where it runs. Each returns a sentence on what was done.</summary>
internal sealed class SharedFolders(HostServices services)
{
    /// <summary>Adds folders to those that the host has.</summary>
    public async Task<string> AddAsync(HostName name, string? folders, CancellationToken cancellationToken)
    {
        var added = Need(folders, "like ./src:/work", FolderMounts.ReadTyped);
        using var host = await LiveHost.OpenAsync(services, name, cancellationToken);
        var has = AllOf(host);
        var clashes = added
            .Where(one => !has.Contains(one) && has.Any(one.Overlaps))
            .Select(one =>
                $"--mount '{one}' is not possible: the host has {has.First(one.Overlaps)}; Unmount takes it away."
            )
            .ToList();
        return clashes.Count > 0
            ? throw new InvalidInputException(clashes)
            : await SetAsync(host, FolderMounts.Of([.. has.Union(added)]), cancellationToken);
    }

    /// <summary>Takes folders away, by what Mount takes or by their paths in the guest; those that it does not have are no error.</summary>
    public async Task<string> RemoveAsync(HostName name, string? folders, CancellationToken cancellationToken)
    {
        var had = services.Store.TryLoad(name)?.Spec.Mount;
        var which = had is null ? "and the host has none" : $"of those that the host has: {had}";
        // A path of the guest alone says which, too.
        var paths = (folders ?? "")
            .Split(',', StringSplitOptions.TrimEntries)
            .Select(word =>
                word.StartsWith('/') && !word.Contains(':', StringComparison.Ordinal) ? $"{word}:{word}" : word
            );
        var removed = Need(folders is null ? null : string.Join(',', paths), which, FolderMounts.Read);
        using var host = await LiveHost.OpenAsync(services, name, cancellationToken);
        foreach (var gone in removed.Where(gone => !AllOf(host).Any(one => IsMeant(gone, one))))
            services.Log.Warning("'{Host}' had no folder at {Path}", name, gone.GuestPath);
        var left = AllOf(host).Where(one => !removed.Any(gone => IsMeant(gone, one)));
        return await SetAsync(host, FolderMounts.Of([.. left]), cancellationToken);
    }

    /// <summary>Gives a host exactly those.</summary>
    public async Task<string> SetAsync(HostName name, FolderMounts? folders, CancellationToken cancellationToken)
    {
        using var host = await LiveHost.OpenAsync(services, name, cancellationToken);
        return await SetAsync(host, folders, cancellationToken);
    }

    private async Task<string> SetAsync(LiveHost host, FolderMounts? folders, CancellationToken cancellationToken)
    {
        var had = AllOf(host);
        var state = host.Session.Existing with { Spec = host.Session.Existing.Spec with { Mount = folders } };
        var mounts = new HostMounts(services);
        var gone = had.Except(folders?.All ?? []).ToList();
        // What stays may be lost, and not to be had just now: that keeps none from being taken away.
        var adds = folders?.All.Except(had).Any() == true;
        if (adds)
        {
            var refused = Specification.Parameters.HostParameters.Find("mount").Check(state.Spec).ToList();
            if (refused.Count > 0)
                throw new InvalidInputException(refused);
            mounts.RequirePossible(state.Spec);
            await mounts.RequireProgramsAsync(state.Spec, cancellationToken);
        }
        var before = host.Session.Existing;
        // First, so that nobody who reaches the host meanwhile brings back what is taken away.
        await host.Session.SaveAsync(state, cancellationToken);
        try
        {
            if (host.Runs && (gone.Count > 0 || folders is not null))
                await host.RemountAsync(state, gone, adds, cancellationToken);
            else
                await mounts.EndAllAsync(state, cancellationToken);
        }
        catch
        {
            await host.Session.SaveAsync(before, CancellationToken.None);
            await mounts.EndOthersAsync(before, CancellationToken.None);
            throw;
        }
        return folders is null ? $"'{host.Name}' has no folder of this machine"
            : host.Runs ? $"'{host.Name}' has {folders}"
            : $"'{host.Name}', which is off, will have {folders} once it runs";
    }

    private static IReadOnlyList<FolderMount> AllOf(LiveHost host) => host.Session.Existing.Spec.Mount?.All ?? [];

    private static bool IsMeant(FolderMount gone, FolderMount one) =>
        gone.GuestPath == one.GuestPath
        && (gone.Folder == one.Folder || gone.Folder == gone.GuestPath || RealOf(gone) == one.Folder);

    private static string RealOf(FolderMount one) => Files.RealPath.Of(one.Folder);

    private static IReadOnlyList<FolderMount> Need(
        string? folders,
        string which,
        Func<string, ICollection<string>, FolderMounts?> read
    )
    {
        var problems = new List<string>();
        var all = folders is null ? null : read(folders, problems);
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
        return all?.All ?? throw new InvalidInputException([$"--mount must say which folders, {which}."]);
    }
}
