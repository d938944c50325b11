using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Settings;

namespace ContainerHost.Machines.HyperV;

/// <summary>
/// Adds devices to a machine that was just defined with its controller, each from the host's defaults for its kind, in two calls: what takes
/// something in, then what is put in. Later takes its media out.
/// </summary>
internal sealed class Devices(HyperVHost host, HyperVMachine machine)
{
    /// <summary>
    /// Adds a drive with the disk, one with each medium and one with the disk for data where there is one, a connected network adapter, of that address where it is not
    /// null, and, where there is a private switch, another on that; returns the drives in that order.
    /// </summary>
    public async Task<IReadOnlyList<CimObject>> AddAsync(
        string disk,
        IReadOnlyList<string> media,
        string? data,
        CimPath networkSwitch,
        string? mac,
        (CimPath Switch, string Mac)? network,
        CancellationToken cancellationToken
    )
    {
        var defaults = new DefaultSettings(host);
        var controllers = await PartsAsync(ResourceKind.ScsiController, cancellationToken);
        var controller = await host.TextOfAsync(First(controllers, "SCSI controller").Stored, cancellationToken);
        var port = await defaults.ReadAsync(ResourceKind.EthernetPort, cancellationToken);
        var dvd = await defaults.ReadAsync(ResourceKind.DvdDrive, cancellationToken);
        var drive = await defaults.ReadAsync(ResourceKind.DiskDrive, cancellationToken);
        await AddAsync(
            "add drives and a network adapter",
            [
                MachineSettings.Drive(drive, controller, place: 0),
                .. media.Select((_, index) => MachineSettings.Drive(dvd, controller, index + 1)),
                .. data is null
                    ? Array.Empty<CimObject>()
                    : [MachineSettings.Drive(drive, controller, MachineSpec.DataDiskPlace)],
                MachineSettings.Port(port, mac),
                .. network is { } second ? new[] { MachineSettings.PrivatePort(port, second.Mac) } : [],
            ],
            cancellationToken
        );
        // A job hands nothing back; a drive is known by its place.
        var drives = (await PartsAsync(ResourceKind.DiskDrive, cancellationToken))
            .Concat(await PartsAsync(ResourceKind.DvdDrive, cancellationToken))
            .DistinctBy(one => one.Stored)
            .OrderBy(one => one.Get<int>("AddressOnParent"))
            .ToList();
        var ports = await PartsAsync(ResourceKind.EthernetPort, cancellationToken);
        var connection = await defaults.ReadAsync(ResourceKind.EthernetConnection, cancellationToken);
        var file = await defaults.ReadAsync(ResourceKind.DvdDisk, cancellationToken);
        var hard = await defaults.ReadAsync(ResourceKind.HardDisk, cancellationToken);
        var fillings = new List<CimObject>
        {
            MachineSettings.Disk(
                hard,
                await host.TextOfAsync(First(drives, "disk drive").Stored, cancellationToken),
                disk
            ),
            await ConnectAsync([.. ports.Where(one => !MachineSettings.IsPrivatePort(one))], networkSwitch),
        };
        if (network is { } other)
            fillings.Add(await ConnectAsync([.. ports.Where(MachineSettings.IsPrivatePort)], other.Switch));
        foreach (var (medium, its) in media.Zip(drives.Skip(1)))
            fillings.Add(MachineSettings.Disk(file, await host.TextOfAsync(its.Stored, cancellationToken), medium));
        if (data is not null)
        {
            var its = First([.. drives.Skip(1 + media.Count)], "drive for the data disk");
            fillings.Add(MachineSettings.Disk(hard, await host.TextOfAsync(its.Stored, cancellationToken), data));
        }
        await AddAsync(
            $"attach {string.Join(", ", (string[])[disk, .. media, .. data is null ? Array.Empty<string>() : [data]])} and the virtual switch",
            fillings,
            cancellationToken
        );
        return drives;

        async Task<CimObject> ConnectAsync(IReadOnlyList<CimObject> to, CimPath @switch) =>
            MachineSettings.Connection(
                connection,
                await host.TextOfAsync(First(to, "network adapter").Stored, cancellationToken),
                await host.TextOfAsync(@switch, cancellationToken)
            );
    }

    /// <summary>Takes all media out and deletes the answer medium, which has secrets; the drives stay.</summary>
    public async Task RemoveMediaAsync(Guid mark, CancellationToken cancellationToken)
    {
        var media = await PartsAsync(ResourceKind.DvdDisk, cancellationToken);
        if (media.Count > 0)
            await host.ManageAsync(
                "take the media out of the machine",
                "RemoveResourceSettings",
                machine.Name,
                cancellationToken,
                CimProperty.References("ResourceSettings", [.. media.Select(one => one.Stored)])
            );
        var paths = await host.PathsAsync(cancellationToken);
        await host.Files.DeleteAsync(paths.Seed(mark), cancellationToken);
    }

    private Task<CimObject> AddAsync(
        string attempted,
        IReadOnlyList<CimObject> settings,
        CancellationToken cancellationToken
    ) =>
        host.ManageAsync(
            attempted,
            "AddResourceSettings",
            machine.Name,
            cancellationToken,
            CimProperty.Reference("AffectedConfiguration", machine.Settings.Stored),
            CimProperty.Embedded("ResourceSettings", [.. settings])
        );

    private CimObject First(IReadOnlyList<CimObject> found, string what) =>
        found.Count > 0
            ? found[0]
            : throw new ContainerHostException(
                "give the machine its devices",
                $"the host tells of no {what} after it was added",
                "run the target again; Diagnose shows what the host tells.",
                machine.Name
            );

    // Classes are shared by several kinds.
    private async Task<IReadOnlyList<CimObject>> PartsAsync(ResourceKind kind, CancellationToken cancellationToken)
    {
        var parts = await host.Machines.PartsAsync(machine, kind.ClassName, cancellationToken);
        return [.. parts.Where(one => one.Text("ResourceSubType") == kind.SubType)];
    }
}
