using ContainerHost.Errors;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>Removes hosts: everything of one, and nothing of another, whatever state it is in.</summary>
public sealed class HostRemover(HostServices services)
{
    /// <summary>Removes the host; returns false when there was none.</summary>
    /// <exception cref="HostBusyException">Another process works on the host.</exception>
    public async Task<bool> RemoveAsync(HostName name, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(services.Store.FolderOf(name).Path))
            return false;
        using var session = new HostSession(services.Store, name, services.Time, services.Log, readState: false);
        await RemoveAsync(session, cancellationToken);
        return true;
    }

    internal async Task RemoveAsync(HostSession session, CancellationToken cancellationToken)
    {
        await services.Hypervisor.DestroyAsync(session.Folder, InstanceOf(session.Name), cancellationToken);
        session.Forget();
    }

    // A damaged state must not keep its host from being removed; the machine's own definition has the mark too.
    private Guid? InstanceOf(HostName name)
    {
        try
        {
            return services.Store.Load(name)?.InstanceId;
        }
        catch (ContainerHostException damaged)
        {
            services.Log.Warning("{Host}: {Reason}", name, damaged.Saw);
            return null;
        }
    }
}
