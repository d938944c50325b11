using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts.Life;
using ContainerHost.Hosts.Steps;
using ContainerHost.Machines;
using ContainerHost.Specification;
using ContainerHost.Undoing;

namespace ContainerHost.Hosts.Archives;

/// <summary>Takes a host out of an archive: it is a host, off, once every byte of it is what its contents say, and before that nothing is.</summary>
internal sealed class HostImporter(HostServices services)
{
    internal Unpacking Unpacking { get; init; } = new("a host", services.Log);

    /// <summary>Imports it under its own name or another, for good where it has no end; returns that name.</summary>
    /// <exception cref="ContainerHostException">The archive is none of ours or damaged, there is no room, the name is taken, or the host cannot be here.</exception>
    public Task<HostName> ImportAsync(
        string path,
        HostName? name,
        DateTimeOffset? expiresAt,
        CancellationToken cancellationToken
    ) =>
        Unpacking.ReadAsync(
            path,
            (archive, contents) =>
                contents.Host is { } host
                    ? ImportAsync(archive, contents, host, name ?? contents.Name, expiresAt, cancellationToken)
                    : throw new BadArchiveException("is of a template, which the target ImportTemplate takes"),
            cancellationToken
        );

    private async Task<HostName> ImportAsync(
        ArchiveReader archive,
        ArchiveContents contents,
        ArchivedHost host,
        HostName name,
        DateTimeOffset? expiresAt,
        CancellationToken cancellationToken
    )
    {
        using var session = new HostSession(services.Store, name, services.Time, services.Log, readState: false);
        if (File.Exists(services.Store.FolderOf(name).KeptDataDisk))
            throw new InvalidInputException([
                $"name '{name}' is taken: a data disk of a host of it waits in {services.Store.FolderOf(name).KeptDataDisk}; choose another by --name, or move it away.",
            ]);
        if (services.Store.Has(name))
            throw new InvalidInputException([
                $"name '{name}' is taken: there is a host of it; choose another by --name, or './build.sh Destroy --name {name}'.",
            ]);
        var mark = MarkOf(host);
        var state = CarriedState.Of(host.State, name, mark, expiresAt);
        new PrivateNetworkHosts(services).RequireRoom(state.Spec);
        var machine = MachineOf(host, state, session.Folder);
        var context = new StepContext(services, session, null, state.Spec, answers: null, password: null, locked: null);
        await context.Hypervisor.PrepareImportAsync(machine, cancellationToken);
        Unpacking.RequireRoom(contents, services.Store.HostsDirectory);
        var beginning = new MachineBeginning(context);
        await UndoStack.RunAsync(async undo =>
        {
            undo.Push("host", beginning.RemoveAsync);
            await beginning.ForgetEarlierAsync(cancellationToken);
            await Unpacking.UnpackAsync(archive, contents, session.Folder, cancellationToken);
            var hasBase = contents.Files.Any(file => file.Name == Path.GetFileName(session.Folder.BaseDisk));
            await new ImportedDisks(services.Processes).JoinAsync(session.Folder, hasBase, cancellationToken);
            await WriteKnownAsync(host, state, session.Folder, cancellationToken);
            await context.Hypervisor.ImportAsync(machine, cancellationToken);
            await session.SaveAsync(state, cancellationToken);
            return true;
        });
        if (host.State.Spec.Forward is { } ports)
            services.Log.Information(
                "Import: '{Host}' had the ports {Ports} elsewhere; Forward gives it ports here",
                name,
                ports
            );
        if (host.State.Spec.Mount is { } folders)
            services.Log.Information(
                "Import: '{Host}' had the folders {Folders} elsewhere; Mount gives it folders here",
                name,
                folders
            );
        if (name != host.State.Spec.Name)
            services.Log.Information("Import: the guest of '{Host}' calls itself '{Was}' still", name, contents.Name);
        return name;
    }

    // Two machines of one mark could take each other's user and sockets.
    private Guid MarkOf(ArchivedHost host) =>
        services.Store.List().Any(one => services.Store.TryLoad(one)?.InstanceId == host.State.InstanceId)
            ? Guid.NewGuid()
            : host.State.InstanceId;

    private static MachineSpec MachineOf(ArchivedHost host, HostState state, HostFolder folder)
    {
        var had = host.Machine.AddressedAs ?? host.Machine.InstanceId;
        return host.In(folder) with
        {
            Name = state.Spec.Name,
            InstanceId = state.InstanceId,
            AddressedAs = had == state.InstanceId ? null : had,
            Guest = state.Spec.Guest,
            PrivateNetwork = state.Spec.PrivateNetwork?.Name,
        };
    }

    private static async Task WriteKnownAsync(
        ArchivedHost host,
        HostState state,
        HostFolder folder,
        CancellationToken cancellationToken
    )
    {
        // The pin is looked up by the host's name (GuestIdentityFactory).
        var pin = $"{state.Spec.Name} {state.HostPublicKey}\n";
        await AtomicFile.WriteTextAsync(folder.KnownHosts, pin, cancellationToken);
        if (host.LockFile is { } locked)
            await AtomicFile.WriteTextAsync(folder.LockFile, locked, cancellationToken);
        foreach (var (checkpoint, kept) in host.Checkpoints)
        {
            var then = CarriedState.Of(kept.Host, state.Spec.Name, state.InstanceId, expiresAt: null);
            await HostCheckpoints.WriteAsync(folder, checkpoint, kept with { Host = then }, cancellationToken);
        }
    }
}
