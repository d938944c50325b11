using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Hosts.GuestKinds;
using ContainerHost.Hosts.Reach;
using ContainerHost.Prerequisites;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Mounts;

/// <summary>The folders of this machine that hosts have: they are there while a host runs, and lead a guest nowhere else.</summary>
internal sealed class HostMounts(HostServices services)
{
    /// <summary>Refuses folders that a host cannot have; touches nothing.</summary>
    /// <exception cref="InvalidInputException">Every problem at once.</exception>
    public void RequirePossible(HostSpec spec)
    {
        if (spec.Mount is not { All: var wanted })
            return;
        var others = services
            .Store.List()
            .Where(name => name != spec.Name)
            .SelectMany(name => services.Store.TryLoad(name)?.Spec.Mount?.All ?? [])
            .Concat(wanted)
            .ToList();
        var problems = wanted
            .Select(one => (One: one, Problem: OwnProblemOf(one) ?? WayProblemOf(one, others)))
            .Where(found => found.Problem is not null)
            .Select(found => $"--mount '{found.One}' is not possible: {found.Problem}.")
            .ToList();
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
    }

    /// <summary>Refuses to begin where this machine lacks what serves folders.</summary>
    /// <exception cref="PrerequisitesMissingException">Something is missing; it says which packages.</exception>
    public async Task RequireProgramsAsync(HostSpec spec, CancellationToken cancellationToken)
    {
        if (spec.Mount is null)
            return;
        var checker = new PrerequisiteChecker(services.Processes, services.HypervisorFor(spec));
        var report = await checker.CheckMountsAsync(cancellationToken);
        if (!report.Passed)
            throw report.ToException();
    }

    /// <summary>Has a guest that answers see the folders of its spec.</summary>
    /// <exception cref="ContainerHostException">One cannot be had; those before it are there.</exception>
    public async Task ApplyAsync(
        HostState state,
        IGuestShell shell,
        SshEntry entry,
        CancellationToken cancellationToken
    )
    {
        var system = GuestKind.Of(state.Spec.Guest).System;
        await RequireProgramsAsync(state.Spec, cancellationToken);
        foreach (var one in state.Spec.Mount?.All ?? [])
            await EnsureAsync(one, state, system, shell, entry, cancellationToken);
    }

    /// <summary>The same for a guest that somebody wants to reach: what cannot be had is told, and is no failure.</summary>
    public async Task TryApplyAsync(
        HostState state,
        IGuestShell shell,
        SshEntry entry,
        CancellationToken cancellationToken
    )
    {
        var system = GuestKind.Of(state.Spec.Guest).System;
        foreach (var one in state.Spec.Mount?.All ?? [])
        {
            try
            {
                await EnsureAsync(one, state, system, shell, entry, cancellationToken);
            }
            catch (Exception refused) when (refused is ContainerHostException or IOException)
            {
                services.Log.Warning(
                    "{Host} is there without {Folder} at {Path}: {Problem}",
                    state.Spec.Name,
                    one.Folder,
                    one.GuestPath,
                    (refused as ContainerHostException)?.Saw ?? refused.Message
                );
            }
        }
    }

    /// <summary>Takes from a guest that answers the folders that its spec has no more.</summary>
    public async Task TakeAsync(
        HostState state,
        IEnumerable<FolderMount> gone,
        IGuestShell shell,
        CancellationToken cancellationToken
    )
    {
        var system = GuestKind.Of(state.Spec.Guest).System;
        foreach (var one in gone)
            await Of(one, state).TakeAsync(system, shell, cancellationToken);
    }

    /// <summary>Has a guest whose memory is an earlier one forget the folders that it had then, which nothing serves.</summary>
    public async Task ForgetAsync(
        HostState state,
        IEnumerable<FolderMount> had,
        IGuestShell shell,
        CancellationToken cancellationToken
    )
    {
        var system = GuestKind.Of(state.Spec.Guest).System;
        foreach (var one in had)
            await Of(one, state).ForgetAsync(system, shell, cancellationToken);
    }

    /// <summary>Ends all that serves folders to a host.</summary>
    public Task EndAllAsync(HostState state, CancellationToken cancellationToken) =>
        EndOthersAsync(state with { Spec = state.Spec with { Mount = null } }, cancellationToken);

    /// <summary>What a host that runs lacks of its folders, a sentence each.</summary>
    public IEnumerable<string> FindMissing(HostState state) =>
        from one in state.Spec.Mount?.All ?? []
        let mounted = Of(one, state)
        where !mounted.Runs
        select $"not mounted: {one}: {mounted.Why}";

    private async Task EnsureAsync(
        FolderMount one,
        HostState state,
        IGuestSystem system,
        IGuestShell shell,
        SshEntry entry,
        CancellationToken cancellationToken
    )
    {
        if (OwnProblemOf(one) is { } problem)
            throw new ContainerHostException(
                $"mount {one.Folder}",
                problem,
                "take it away: Unmount.",
                state.Spec.Name.Value
            );
        var server =
            await SftpServer.FindAsync(services.Processes, cancellationToken)
            ?? throw new ContainerHostException(
                $"mount {one.Folder}",
                "this machine has no sftp-server",
                "install the package openssh-sftp-server.",
                state.Spec.Name.Value
            );
        await Of(one, state).EnsureAsync(server, system, shell, entry, cancellationToken);
    }

    /// <summary>Ends what serves folders to a host that are not of its spec.</summary>
    public async Task EndOthersAsync(HostState state, CancellationToken cancellationToken)
    {
        var folder = services.Store.FolderOf(state.Spec.Name);
        var wanted = (state.Spec.Mount?.All ?? []).Select(one => Of(one, state).Name).ToList();
        var prefix = MountedFolder.PrefixOf(state.InstanceId);
        foreach (var name in new OwnedSsh(services, folder, prefix).FindNames().Except(wanted).ToList())
            await new OwnedSsh(services, folder, name).EndAsync(cancellationToken);
    }

    private MountedFolder Of(FolderMount one, HostState state) =>
        new(services, services.Store.FolderOf(state.Spec.Name), state.InstanceId, one);

    // What is ours has the keys and passwords of every host.
    private string? OwnProblemOf(FolderMount one)
    {
        foreach (
            var (own, what, way) in new[]
            {
                (
                    services.Folders.HostsDirectory,
                    "folder of hosts, with their keys and passwords",
                    "move it by --hosts-directory"
                ),
                (
                    services.Folders.CacheDirectory,
                    "cache, with the images that hosts are made of",
                    "move it by --cache-directory"
                ),
                (services.Folders.ReportsDirectory, "folder of reports, where this build writes", "mount it with :ro"),
            }
        )
        {
            // A guest that may write to it could have a link lead what is written anywhere.
            if (own == services.Folders.ReportsDirectory && one.IsReadOnly)
                continue;
            var real = RealPath.Of(own);
            if (FolderMount.IsAtOrBelow(real, one.Folder) || FolderMount.IsAtOrBelow(one.Folder, real))
                return $"the {what}, {real}, is {(real == one.Folder ? "that" : FolderMount.IsAtOrBelow(real, one.Folder) ? "in it" : "around it")}; mount a folder that has nothing to do with it, or {way}";
        }
        return null;
    }

    // A guest that may write to the outer one could put a link in the place of the inner, and have the next start lead it anywhere.
    private static string? WayProblemOf(FolderMount one, IEnumerable<FolderMount> all) =>
        all.FirstOrDefault(other =>
            other.Folder != one.Folder
            && (
                (FolderMount.IsAtOrBelow(one.Folder, other.Folder) && !other.IsReadOnly)
                || (FolderMount.IsAtOrBelow(other.Folder, one.Folder) && !one.IsReadOnly)
            )
        )
            is { } way
            ? $"'{way}' is mounted too, and one of the folders is in the other, which a guest may write to; mount the outer one with :ro, or alone"
            : null;
}
