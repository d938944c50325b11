using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Settings;

namespace ContainerHost.Machines.HyperV;

/// <summary>Adds devices to a machine that was just defined, each from the host's defaults for its kind; later takes its media out.</summary>
internal sealed class Devices(HyperVHost host, HyperVMachine machine)
{
    /// <summary>Adds a SCSI controller with the disk and a DVD drive for each medium; returns the drives in that order.</summary>
    public async Task<IReadOnlyList<CimObject>> AddStorageAsync(
        string disk,
        IReadOnlyList<string> media,
        CancellationToken cancellationToken
    )
    {
        var controller = await AddAsync(
            "add a SCSI controller",
            ResourceKind.ScsiController,
            one => one,
            cancellationToken
        );
        var drive = await AddAsync(
            "add a disk drive",
            ResourceKind.DiskDrive,
            one => MachineSettings.Drive(one, controller.Stored, 0),
            cancellationToken
        );
        await AddAsync(
            "attach the machine's disk",
            ResourceKind.HardDisk,
            one => MachineSettings.Disk(one, drive.Stored, disk),
            cancellationToken
        );
        var drives = new List<CimObject> { drive };
        foreach (var medium in media)
        {
            var dvd = await AddAsync(
                "add a DVD drive",
                ResourceKind.DvdDrive,
                one => MachineSettings.Drive(one, controller.Stored, drives.Count),
                cancellationToken
            );
            await AddAsync(
                $"insert the medium {medium}",
                ResourceKind.DvdDisk,
                one => MachineSettings.Disk(one, dvd.Stored, medium),
                cancellationToken
            );
            drives.Add(dvd);
        }
        return drives;
    }

    /// <summary>Adds a network adapter and connects it.</summary>
    public async Task AddNetworkAsync(CimPath networkSwitch, CancellationToken cancellationToken)
    {
        var port = await AddAsync(
            "add a network adapter",
            ResourceKind.EthernetPort,
            MachineSettings.Port,
            cancellationToken
        );
        await AddAsync(
            "connect the network adapter to the virtual switch",
            ResourceKind.EthernetConnection,
            one => MachineSettings.Connection(one, port.Stored, networkSwitch),
            cancellationToken
        );
    }

    /// <summary>Takes all media out and deletes the answer medium, which has secrets; the drives stay.</summary>
    public async Task RemoveMediaAsync(Guid mark, CancellationToken cancellationToken)
    {
        var storage = await PartsAsync(ResourceKind.DvdDisk, cancellationToken);
        var media = storage.Where(one => one.Text("ResourceSubType") == ResourceKind.DvdDisk.SubType).ToList();
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

    private async Task<CimObject> AddAsync(
        string attempted,
        ResourceKind kind,
        Func<CimObject, CimObject> describe,
        CancellationToken cancellationToken
    )
    {
        var defaults = await new DefaultSettings(host).ReadAsync(kind, cancellationToken);
        var before = await PartsAsync(kind, cancellationToken);
        await host.ManageAsync(
            attempted,
            "AddResourceSettings",
            machine.Name,
            cancellationToken,
            CimProperty.Reference("AffectedConfiguration", machine.Settings.Stored),
            CimProperty.Embedded("ResourceSettings", [describe(defaults)])
        );
        // A job hands no result back, so the new one is told by not having been there.
        var after = await PartsAsync(kind, cancellationToken);
        return after.Single(one => before.All(old => !old.Stored.Equals(one.Stored)));
    }

    private Task<IReadOnlyList<CimObject>> PartsAsync(ResourceKind kind, CancellationToken cancellationToken) =>
        host.Machines.PartsAsync(machine, kind.ClassName, cancellationToken);
}
