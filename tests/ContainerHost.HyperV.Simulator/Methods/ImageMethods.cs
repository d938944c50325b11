using ContainerHost.HyperV.Simulator.Files;
using ContainerHost.HyperV.Simulator.Schema;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Methods;

/// <summary>Virtual hard disks.</summary>
internal sealed class ImageMethods(SimulatedHost host)
{
    private const ushort Dynamic = 3;
    private const ushort Differencing = 4;
    private const ushort Vhdx = 3;
    private const uint Failed = 32768;
    private const uint InUse = 32774;

    public MethodPlan Create(CimCall call)
    {
        var disk = call.Instance("VirtualDiskSettingData");
        var type = disk.Get<ushort>("Type");
        if (type is not (Differencing or Dynamic) || disk.Get<ushort>("Format") != Vhdx)
            throw new SchemaViolationException("The simulated host makes dynamic and differencing disks in VHDX only.");
        var (path, parent) = (disk.Text("Path"), disk.Text("ParentPath"));
        if (type == Dynamic)
            return CreateEmpty(path, disk.Get<ulong>("MaxInternalSize"));
        if (host.Files.Find(parent) is not { } above)
            return MethodPlan.FileNotFound;
        if (host.Files.Find(path) is not null || !host.Files.HasFolderOf(path))
            return MethodPlan.Refuse(Failed);
        return MethodPlan.Do(() => host.Files.Put(path, new SimulatedFile(above.MaxInternalSize, parent)));
    }

    private MethodPlan CreateEmpty(string path, ulong size) =>
        size == 0 ? MethodPlan.Invalid
        : host.Files.Find(path) is not null || !host.Files.HasFolderOf(path) ? MethodPlan.Refuse(Failed)
        : MethodPlan.Do(() => host.Files.Put(path, new SimulatedFile(size)));

    /// <summary>
    /// Copies a disk with all that it lies on: "creates a new virtual hard disk", whose "Path, Type, Format, ParentPath, BlockSize, and LogicalSectorSize properties must be set"
    /// (MicrosoftDocs/win32, convertvirtualharddisk-msvm-imagemanagementservice.md), of one that is "not attached" (Convert-VHD).
    /// </summary>
    public MethodPlan Convert(CimCall call)
    {
        var (source, copy) = (call.Need<string>("SourcePath"), call.Instance("VirtualDiskSettingData"));
        if (copy.Get<ushort>("Type") != Dynamic || copy.Get<ushort>("Format") != Vhdx)
            throw new SchemaViolationException("The simulated host copies disks to dynamic ones in VHDX only.");
        string[] set = ["Path", "Type", "Format", "ParentPath", "BlockSize", "LogicalSectorSize"];
        if (!set.All(copy.Properties.ContainsKey))
            return MethodPlan.Invalid;
        var path = copy.Text("Path");
        if (host.Files.Find(source) is not { } disk)
            return MethodPlan.FileNotFound;
        if (host.IsInUse(source))
            return MethodPlan.Refuse(InUse);
        return host.Files.Find(path) is not null || !host.Files.HasFolderOf(path)
            ? MethodPlan.Refuse(Failed)
            : MethodPlan.Do(() =>
                host.Files.Put(path, new SimulatedFile(disk.MaxInternalSize) { Content = host.Files.Read(source) })
            );
    }

    public MethodPlan Resize(CimCall call)
    {
        var path = call.Need<string>("Path");
        var size = call.Need<ulong>("MaxInternalSize");
        if (host.Files.Find(path) is not { } disk)
            return MethodPlan.FileNotFound;
        // Of what a running machine has, only its own disk, which is on SCSI (Resize-VHD: "you can resize the virtual disk while the virtual machine is
        // online"). A disk that others lie on grows too while nobody has it open, and nobody who lies on it sees that (canonical/multipass #3216).
        if (host.IsInUse(path) && !host.Machines.OpenDisks().Contains(path, StringComparer.OrdinalIgnoreCase))
            return MethodPlan.Refuse(InUse);
        return size < disk.MaxInternalSize
            ? MethodPlan.Invalid
            : MethodPlan.Do(() => host.Files.Put(path, disk with { MaxInternalSize = size }));
    }

    public MethodPlan Describe(CimCall call)
    {
        var path = call.Need<string>("Path");
        if (host.Files.Find(path) is not { } disk)
            return MethodPlan.FileNotFound;
        var settings = new CimObject("Msvm_VirtualHardDiskSettingData").With(
            CimProperty.String("Path", path),
            CimProperty.UInt64("MaxInternalSize", disk.MaxInternalSize)
        );
        return MethodPlan.Answer(CimProperty.Embedded("SettingData", settings));
    }
}
