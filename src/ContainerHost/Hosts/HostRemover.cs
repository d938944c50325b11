using ContainerHost.Errors;
using ContainerHost.Hosts.Life;
using ContainerHost.Hosts.Mounts;
using ContainerHost.Hosts.Pruning;
using ContainerHost.Hosts.Reach;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>Removes hosts: everything of one, and nothing of another, whatever state it is in.</summary>
internal sealed class HostRemover(HostServices services)
{
    /// <summary>Removes the host; returns false when there was none, or its state, looked at under its lock, is not as <paramref name="onlyIf"/> wants it.</summary>
    /// <exception cref="HostBusyException">Another process works on the host.</exception>
    public async Task<bool> RemoveAsync(
        HostName name,
        CancellationToken cancellationToken,
        Func<HostState?, bool>? onlyIf = null
    )
    {
        var folder = services.Store.FolderOf(name);
        string[] beside = [folder.KeptLockFile, folder.KeptDataDisk, folder.SshEntry, folder.DockerContext];
        var autostart = new HostAutostart(services);
        if (!services.Store.Has(name) && !beside.Any(File.Exists) && !autostart.HasUnit(name))
            return false;
        using var session = new HostSession(services.Store, name, services.Time, services.Log, readState: false);
        if (onlyIf?.Invoke(StateOf(name)) == false)
            return false;
        var isThere = services.Store.Has(name);
        var waits = File.Exists(folder.KeptDataDisk);
        if (waits)
            services.Log.Warning(
                "The data disk of '{Host}' that waited in {Path} is removed",
                name,
                folder.KeptDataDisk
            );
        if (isThere)
            await RemoveAsync(session, cancellationToken);
        await new SshEntries(services).RemoveAsync(name, cancellationToken);
        await new DockerContext(services, folder).RemoveAsync(cancellationToken);
        await autostart.RemoveUnitAsync(name, cancellationToken);
        File.Delete(folder.KeptLockFile);
        File.Delete(folder.KeptDataDisk);
        await new CacheUsers(services.Folders.CacheDirectory).ForgetAsync(services.Store, cancellationToken);
        return isThere || waits;
    }

    internal async Task RemoveAsync(HostSession session, CancellationToken cancellationToken, bool keepsData = false)
    {
        session.RequireOurs();
        var state = StateOf(session.Name);
        // Of a host whose state is lost only this machine's own hypervisor can be asked.
        var spec = state?.Spec ?? new HostSpec { Name = session.Name, Provider = HostSpec.ProviderHere };
        if (spec.DataDisk is { } data && !keepsData)
            services.Log.Information("The data disk of '{Host}' ({Size}) is removed with it", session.Name, data);
        if (state is not null)
        {
            await new EngineForward(services, session.Folder, state.InstanceId).EndAsync(cancellationToken);
            await new HostMounts(services).EndAllAsync(state, cancellationToken);
        }
        await services.HypervisorFor(spec).DestroyAsync(session.Folder, state?.InstanceId, cancellationToken);
        session.Forget();
    }

    // A damaged state must not keep its host from being removed; the machine's own definition has the mark too.
    private HostState? StateOf(HostName name)
    {
        try
        {
            return services.Store.Load(name);
        }
        catch (ContainerHostException damaged)
        {
            services.Log.Warning("{Host}: {Reason}", name, damaged.Saw);
            return null;
        }
    }
}
