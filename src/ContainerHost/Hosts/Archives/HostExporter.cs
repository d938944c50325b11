using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts.Life;
using ContainerHost.Machines;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Archives;

/// <summary>Writes a host that is off into an archive: its disk with checkpoints and all that it lies on, its keys, and what is known of it.</summary>
internal sealed class HostExporter(HostServices services)
{
    /// <summary>Writes it, and returns the archive's length in bytes. The host is as it was.</summary>
    /// <exception cref="ContainerHostException">There is no such host, it runs, its hypervisor exports none, or the archive cannot be written.</exception>
    public async Task<long> ExportAsync(HostName name, string path, CancellationToken cancellationToken)
    {
        ArchiveWriter.RequireNew(path);
        using var host = await LiveHost.OpenAsync(services, name, cancellationToken);
        var folder = host.Folder;
        var machine = await host.Hypervisor.PrepareExportAsync(folder, cancellationToken);
        // Shell starts machines without the host's own lock.
        using var off = ProcessLock.Take(folder.StartLock, "export the host", name.Value);
        if (await host.Hypervisor.GetStateAsync(folder, cancellationToken) == MachineState.Running)
            throw Failed(
                name,
                "it runs, and would write to its disk meanwhile",
                $"'./build.sh Stop --name {name}' first."
            );
        try
        {
            services.Log.Information(
                "Export: reading the disk of '{Host}', which cannot be started until it is done",
                name
            );
            var @base = await new PackedDisks(services.Processes).FindBaseAsync(folder, cancellationToken);
            var archived = await DescribeAsync(host, machine, cancellationToken);
            IReadOnlyList<(string, string)> files =
            [
                .. archived
                    .FilesIn(folder)
                    .Select(file => file.Path == folder.BaseDisk ? (file.Name, @base ?? file.Path) : file),
            ];
            var contents = new ArchiveContents
            {
                Name = name,
                // Whoever gets it need not learn where it lay here.
                Host = archived with
                {
                    Machine = archived.In(new HostFolder("")),
                },
                Files = await ArchiveWriter.DescribeAsync(files, cancellationToken),
            };
            return await ArchiveWriter.WriteAsync(path, contents, files, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Failed(
                name,
                failure.Message,
                $"see that {path} may be written, and that its disk and that of the hosts' folder have space."
            );
        }
        finally
        {
            File.Delete(folder.PackedBase);
        }
    }

    private static async Task<ArchivedHost> DescribeAsync(
        LiveHost host,
        MachineSpec machine,
        CancellationToken cancellationToken
    )
    {
        var (folder, state) = (host.Folder, host.Session.Existing);
        return new ArchivedHost
        {
            State = CarriedState.Of(state, state.Spec.Name, state.InstanceId, expiresAt: null),
            Machine = machine,
            LockFile = File.Exists(folder.LockFile)
                ? await File.ReadAllTextAsync(folder.LockFile, cancellationToken)
                : null,
            Checkpoints = await HostCheckpoints.ReadAllAsync(host, cancellationToken),
            HasFirmware = File.Exists(folder.Firmware),
            HasSeed = File.Exists(folder.Seed),
        };
    }

    private static ContainerHostException Failed(HostName name, string saw, string @try) =>
        new("export the host", saw, @try, name.Value);
}
