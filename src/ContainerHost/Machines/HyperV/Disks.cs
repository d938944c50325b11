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
            await CallAsync(
                "grow the machine's disk",
                "ResizeVirtualHardDisk",
                machine,
                cancellationToken,
                CimProperty.String("Path", path),
                CimProperty.UInt64("MaxInternalSize", (ulong)spec.DiskSize.Bytes)
            );
    }

    private async Task<ByteSize> SizeOfAsync(string path, string machine, CancellationToken cancellationToken)
    {
        var result = await CallAsync(
            "read the size of the base disk",
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
