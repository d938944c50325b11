using ContainerHost.Errors;
using ContainerHost.Hosts.Reach;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>The ways into a running host for the user's own programs. Where there is none, or it is off, all of it fails with <see cref="ContainerHostException"/>.</summary>
public sealed class HostReach
{
    private readonly HostServices _services;
    private readonly HostName _name;

    internal HostReach(HostServices services, HostName name) => (_services, _name) = (services, name);

    private SshEntries Entries => new(_services);

    /// <summary>How OpenSSH's client reaches the host.</summary>
    public async Task<SshEntry> GetSshAsync(CancellationToken cancellationToken)
    {
        var state = _services.Store.Load(_name) ?? throw HostErrors.NotCreated(_name);
        return await new HostConnection(_services, _services.Store.FolderOf(_name), () => state).FindEntryAsync(
            cancellationToken
        );
    }

    /// <summary>The same, and has <c>ssh NAME</c> find the host by this user's configuration until the host is removed.</summary>
    public async Task<SshEntry> WriteSshAsync(CancellationToken cancellationToken)
    {
        var entry = await GetSshAsync(cancellationToken);
        await Entries.WriteAsync(entry, cancellationToken);
        return entry;
    }

    /// <summary>Takes what was written away again; returns false when there was nothing.</summary>
    public Task<bool> ForgetSshAsync(CancellationToken cancellationToken) =>
        Entries.RemoveAsync(_name, cancellationToken);
}
