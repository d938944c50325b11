using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Settings;
using ContainerHost.Specification;

namespace ContainerHost.Machines.HyperV;

/// <summary>Virtual hard disks on the Hyper-V host, through Msvm_ImageManagementService, and the media beside them.</summary>
internal sealed class Disks(HyperVHost host)
{
    /// <summary>Brings a file to the host unless it is there already; under its name it is always whole.</summary>
    public async Task<string> BringAsync(string localPath, string path, CancellationToken cancellationToken)
    {
        if (!await host.Files.ExistsAsync(path, cancellationToken))
            await host.Files.CopyInAsync(localPath, path, cancellationToken);
        return path;
    }

    /// <summary>Makes the machine's own disk, empty or on a base disk, as large as the guest is to see it.</summary>
    public async Task CreateAsync(MachineSpec spec, string path, string? parent, CancellationToken cancellationToken)
    {
        var machine = spec.Name.Value;
        await CallAsync(
            $"create the machine's {(parent is null ? "disk" : "differencing disk")}",
            "CreateVirtualHardDisk",
            machine,
            cancellationToken,
            CimProperty.Embedded(
                "VirtualDiskSettingData",
                parent is null
                    ? MachineSettings.EmptyDisk(path, spec.DiskSize)
                    : MachineSettings.DifferencingDisk(path, parent)
            )
        );
        if (parent is not null && await SizeOfAsync(parent, machine, cancellationToken) < spec.DiskSize)
            await ResizeAsync(path, spec.DiskSize, machine, cancellationToken);
    }

    /// <summary>Makes an empty disk for data, which grows as it is written to.</summary>
    public Task CreateEmptyAsync(string path, ByteSize size, string machine, CancellationToken cancellationToken) =>
        CallAsync(
            "create the machine's data disk",
            "CreateVirtualHardDisk",
            machine,
            cancellationToken,
            CimProperty.Embedded("VirtualDiskSettingData", MachineSettings.EmptyDisk(path, size))
        );

    /// <summary>
    /// Copies a disk with all that it lies on into one without a parent: ConvertVirtualHardDisk "creates a new virtual hard disk", takes differencing disks too, and leaves its
    /// source as it is (MicrosoftDocs/win32, convertvirtualharddisk-msvm-imagemanagementservice.md). The source "must not be attached" meanwhile (Convert-VHD).
    /// </summary>
    public Task CopyAsync(string from, string path, string machine, CancellationToken cancellationToken) =>
        CallAsync(
            "copy the host's disk",
            "ConvertVirtualHardDisk",
            machine,
            cancellationToken,
            CimProperty.String("SourcePath", from),
            CimProperty.Embedded("VirtualDiskSettingData", MachineSettings.CopiedDisk(path))
        );

    /// <summary>
    /// Makes a disk of the machine larger, running or off: "If the virtual disk file connects to a virtual machine's SCSI chain, you can resize the
    /// virtual disk while the virtual machine is online" (Resize-VHD), and VHDX grows as a differencing disk too (ResizeVirtualHardDisk's remarks).
    /// With checkpoints it is refused here, since the host lets the disk below them grow, of which the guest sees nothing (canonical/multipass #3216).
    /// </summary>
    public async Task GrowAsync(HyperVMachine machine, string path, ByteSize size, CancellationToken cancellationToken)
    {
        var checkpoints = new Checkpoints(host, machine);
        if (machine.State == HyperVState.Saved)
            throw CannotGrow(
                "the machine is saved, with memory that knows the disk as it is",
                "start the host, or stop it."
            );
        var on = await checkpoints.FindAllAsync(cancellationToken);
        if (on.Count > 0)
            throw CannotGrow(
                $"the machine has checkpoints ({string.Join(", ", on.Select(one => one.Text("ElementName")))}), and Hyper-V grows no disk that others lie on",
                "remove them first, those by RemoveCheckpoint that it made."
            );
        await checkpoints.WaitForDisksAsync(cancellationToken);
        var disks = await host.Machines.PartsAsync(machine, ResourceKind.HardDisk.ClassName, cancellationToken);
        if (!disks.SelectMany(one => one.Get<string[]>("HostResource") ?? []).Any(IsOwn))
            throw CannotGrow(
                $"the machine writes to another disk than {path}, as it does until a checkpoint's disk is merged",
                "wait until Hyper-V Manager shows no task of that machine, then run the target again."
            );
        var has = await SizeOfAsync(path, machine.Name, cancellationToken);
        if (size < has)
            throw CannotGrow($"it has {has} already", "ask for more.");
        if (size > has)
            await ResizeAsync(path, size, machine.Name, cancellationToken);

        bool IsOwn(string disk) => disk.Equals(path, StringComparison.OrdinalIgnoreCase);

        ContainerHostException CannotGrow(string saw, string @try) =>
            MachineFile.Failed("grow the disk", saw, machine.Name, @try);
    }

    private Task<CimObject> ResizeAsync(
        string path,
        ByteSize size,
        string machine,
        CancellationToken cancellationToken
    ) =>
        CallAsync(
            "grow the machine's disk",
            "ResizeVirtualHardDisk",
            machine,
            cancellationToken,
            CimProperty.String("Path", path),
            CimProperty.UInt64("MaxInternalSize", (ulong)size.Bytes)
        );

    private async Task<ByteSize> SizeOfAsync(string path, string machine, CancellationToken cancellationToken)
    {
        var result = await CallAsync(
            "read the size of a disk",
            "GetVirtualHardDiskSettingData",
            machine,
            cancellationToken,
            CimProperty.String("Path", path)
        );
        return new ByteSize((long)CimXml.Read(result.Text("SettingData")).Get<ulong>("MaxInternalSize"));
    }

    private async Task<CimObject> CallAsync(
        string attempted,
        string method,
        string machine,
        CancellationToken cancellationToken,
        params CimProperty[] arguments
    )
    {
        var service = await host.OnlyAsync("Msvm_ImageManagementService", cancellationToken);
        var call = new CimCall(attempted, service.Stored, method, arguments)
        {
            Try = "see that the disk folder of that host has space and the Hyper-V service may write to it.",
        };
        return await host.CallAsync(call, machine, cancellationToken);
    }
}
