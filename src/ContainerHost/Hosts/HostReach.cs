using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Hosts.Copying;
using ContainerHost.Hosts.GuestKinds;
using ContainerHost.Hosts.Ports;
using ContainerHost.Hosts.Reach;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>The ways into a running host for the user's own programs. Where there is none, or it is off, all of it fails with <see cref="ContainerHostException"/>.</summary>
public sealed class HostReach
{
    /// <summary>What <c>--forward</c> of the target Forward takes instead of ports, for <see cref="FollowPortsAsync"/>.</summary>
    public const string AllPublished = PortForwards.Auto;

    private readonly HostServices _services;
    private readonly HostName _name;

    internal HostReach(HostServices services, HostName name) => (_services, _name) = (services, name);

    private SshEntries Entries => new(_services);

    private HostFolder Folder => _services.Store.FolderOf(_name);

    private HostState State => _services.Store.Load(_name) ?? throw HostErrors.NotCreated(_name);

    private HostConnection Connection => new(_services, Folder, () => State);

    /// <summary>How OpenSSH's client reaches the host.</summary>
    public Task<SshEntry> GetSshAsync(CancellationToken cancellationToken) =>
        Connection.FindEntryAsync(cancellationToken);

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

    /// <summary>
    /// Has clients here reach the guest's container engine: Docker's by ssh://, where <c>ssh NAME</c> finds the host; else by a socket that OpenSSH's client forwards
    /// in the background until the host is off. With <paramref name="write"/> the SSH entry and a context of Docker's client are written, too.
    /// </summary>
    public Task<EngineAccess> ConnectAsync(bool write, CancellationToken cancellationToken) =>
        new EngineConnection(_services, State).OpenAsync(write, cancellationToken);

    /// <summary>Ends what forwards the engine's socket, and takes the context of Docker's client away; returns false when there was neither.</summary>
    public async Task<bool> DisconnectAsync(CancellationToken cancellationToken)
    {
        var forward = new EngineForward(_services, Folder, State.InstanceId);
        var ran = forward.Find() is not null;
        await forward.EndAsync(cancellationToken);
        return await new DockerContext(_services, Folder).RemoveAsync(cancellationToken) || ran;
    }

    /// <summary>
    /// Has ports of 127.0.0.1 here lead to those of the same number that containers in the guest publish, for as long as they do, until it is cancelled; at most 64.
    /// </summary>
    public async Task FollowPortsAsync(CancellationToken cancellationToken)
    {
        const string attempted = "follow the ports that containers publish";
        if (State.Spec.Windows is not null)
            throw new ContainerHostException(
                attempted,
                "nothing is known yet of how a Windows guest tells them",
                $"name them: './build.sh Forward --name {_name} --forward 8080:80'.",
                _name.Value
            );
        await Connection.FindEntryAsync(cancellationToken);
        await using var shell = await EnterAsync(attempted, cancellationToken);
        await new PublishedPorts(shell, _name, _services.Log).FollowAsync(cancellationToken);
    }

    internal async Task<CopyReport> CopyAsync(CopyPath path, bool overwrite, CancellationToken cancellationToken)
    {
        await Connection.FindEntryAsync(cancellationToken);
        var script =
            GuestKind.Of(State.Spec.Guest).System.FilesScript
            ?? throw new ContainerHostException(
                "copy files",
                "nothing is known yet of how files of a Windows guest are read in parts",
                $"use scp: './build.sh SshConfig --name {_name} --write', then 'scp {_name}:FILE .'.",
                _name.Value
            );
        await using var shell = await EnterAsync("copy files", cancellationToken);
        IFileSide guest = new GuestSide(shell, script);
        IFileSide local = new LocalSide();
        var (from, to) = path.IntoHost ? (local, guest) : (guest, local);
        var copier = new Copier(from, to, _services.Log, _services.Time, _services.Progress, _name.Value);
        try
        {
            return await copier.CopyAsync(
                path.IntoHost ? Path.GetFullPath(path.LocalPath) : path.GuestPath,
                path.IntoHost ? path.GuestPath : path.LocalPath,
                overwrite,
                cancellationToken
            );
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ContainerHostException(
                "copy files",
                refused.Message,
                "see that they may be read and written here, and that there is room; what was copied is not copied again.",
                _name.Value,
                refused
            );
        }
    }

    private async Task<IGuestShell> EnterAsync(string attempted, CancellationToken cancellationToken) =>
        await Connection.ConnectAsItIsAsync(cancellationToken)
        ?? throw new ContainerHostException(
            attempted,
            "the guest does not answer over SSH",
            $"see './build.sh Logs --name {_name}'.",
            _name.Value
        );
}
