using ContainerHost.HyperV.Simulator.Files;
using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Machines;

/// <summary>
/// Checkpoints of the machines, and the disks in between. A checkpoint has settings and devices of its own, keeps the disk that the machine had,
/// and leaves the machine a differencing disk (.avhdx) on it; once it is removed, the host merges what nothing keeps any more ("Virtual hard disks from
/// previously deleted snapshots are being merged", MicrosoftDocs/win32, msvm-computersystem.md, OperationalStatus 32772).
/// </summary>
internal sealed class CheckpointTable(SimulatedHost host)
{
    private const ushort Ok = 2;
    private const ushort MergingDisks = 32772;
    private const string Storage = "Msvm_StorageAllocationSettingData";
    private const string Realized = "Microsoft:Hyper-V:Snapshot:Realized";

    private readonly Dictionary<CimPath, SimulatedCheckpoint> _all = [];
    private readonly Dictionary<CimPath, DateTimeOffset> _merging = [];

    public IReadOnlyList<CimObject> Of(SimulatedMachine machine) =>
        [.. host.Store.Related(machine.System, "Msvm_SnapshotOfVirtualSystem", "Msvm_VirtualSystemSettingData")];

    public SimulatedCheckpoint? Find(CimPath settings) => _all.GetValueOrDefault(settings);

    public SimulatedMachine OwnerOf(CimPath settings) =>
        host.Machines.All.Single(one => Of(one).Any(found => found.Stored.Equals(settings)));

    /// <summary>True while the machine's disks are merged, which only a later look ends.</summary>
    public bool IsMerging(SimulatedMachine machine) => _merging.ContainsKey(machine.System);

    /// <summary>Takes one, as an administrator would too; its name is the host's own until somebody gives it another.</summary>
    public void Take(SimulatedMachine machine, string type = Realized)
    {
        var now = host.Store.Find(machine.Settings)!;
        var id = $"{Guid.NewGuid():D}".ToUpperInvariant();
        var settings = host.Store.Put(
            now.With(
                CimProperty.String("InstanceID", $"Microsoft:{id}"),
                CimProperty.String("VirtualSystemType", type),
                CimProperty.String("ElementName", $"{now.Text("ElementName")} - ({host.Time.GetUtcNow():u})"),
                new CimProperty("CreationTime", CimType.DateTime, IsArray: false, host.Time.GetUtcNow()),
                CimProperty.Boolean("IsSaved", !machine.IsOff)
            )
        );
        host.Store.Relate("Msvm_SnapshotOfVirtualSystem", machine.System, settings.Stored);
        foreach (var part in host.Machines.PartsOf(machine, "CIM_SettingData").ToList())
        {
            var copy = part.With(CimProperty.String("InstanceID", Moved(part.Text("InstanceID"), machine.Id, id)));
            host.Store.Relate(MachineTable.Component, settings.Stored, host.Store.Put(copy).Stored);
        }
        _all[settings.Stored] = new SimulatedCheckpoint(settings.Stored, machine.IsOff ? null : machine.Memory);
        Descend(machine);
        ShowParent(machine, settings.Stored);
    }

    /// <summary>Takes the machine back: its settings, devices and disk, and where there is memory it is saved with that, else off.</summary>
    public void Apply(SimulatedCheckpoint checkpoint)
    {
        var machine = OwnerOf(checkpoint.Settings);
        var kept = host.Store.Find(checkpoint.Settings)!;
        var now = host.Store.Find(machine.Settings)!;
        host.Store.Put(
            kept.With(
                CimProperty.String("InstanceID", now.Text("InstanceID")),
                CimProperty.String("VirtualSystemType", now.Text("VirtualSystemType")),
                CimProperty.String("ElementName", now.Text("ElementName")),
                CimProperty.Boolean("IsSaved", false)
            )
        );
        foreach (var part in PartsOf(checkpoint.Settings).ToList())
            host.Store.Put(
                part.With(
                    CimProperty.String(
                        "InstanceID",
                        Moved(part.Text("InstanceID"), kept.Text("InstanceID")[10..], machine.Id)
                    )
                )
            );
        Descend(machine);
        ShowParent(machine, checkpoint.Settings);
        Merge(FolderOf(machine));
        machine.Memory = checkpoint.Memory;
        host.Machines.Set(machine, kept.Get<bool>("IsSaved") ? HyperVState.Saved : HyperVState.Off);
    }

    /// <summary>Removes one alone; the host merges its disk from now on.</summary>
    public void Destroy(SimulatedCheckpoint checkpoint)
    {
        var machine = OwnerOf(checkpoint.Settings);
        Forget(checkpoint.Settings);
        _merging[machine.System] = host.Time.GetUtcNow() + host.Options.MergesTake;
        Tell(machine, Ok, MergingDisks);
    }

    /// <summary>Forgets a machine's checkpoints with it; returns false where it had none.</summary>
    public bool Forget(SimulatedMachine machine)
    {
        var all = Of(machine);
        foreach (var one in all)
            Forget(one.Stored);
        return _merging.Remove(machine.System) || all.Count > 0;
    }

    public void Tick()
    {
        foreach (var machine in host.Machines.All)
        {
            if (!_merging.TryGetValue(machine.System, out var ends) || host.Time.GetUtcNow() < ends)
                continue;
            _merging.Remove(machine.System);
            Merge(FolderOf(machine));
            Tell(machine, Ok);
        }
    }

    private void Forget(CimPath settings)
    {
        host.Store.Remove(PartsOf(settings));
        host.Store.Remove(settings);
        _all.Remove(settings);
    }

    private IEnumerable<CimObject> PartsOf(CimPath settings) =>
        host.Store.Related(settings, MachineTable.Component, "CIM_SettingData");

    private void Tell(SimulatedMachine machine, params ushort[] status) =>
        host.Store.Change(machine.System, new CimProperty("OperationalStatus", CimType.UInt16, IsArray: true, status));

    private void ShowParent(SimulatedMachine machine, CimPath parent) =>
        host.Store.Change(machine.Settings, CimProperty.String("Parent", $"{parent}"));

    // From now on the machine writes to a disk on each of its disks.
    private void Descend(SimulatedMachine machine)
    {
        foreach (var part in host.Machines.PartsOf(machine, Storage).Where(HasDisk).ToList())
        {
            var disk = FileOf(part);
            // "disk_<GUID>.avhdx", whatever it lies on.
            var stem = disk.EndsWith(".avhdx", StringComparison.Ordinal) ? disk[..^43] : disk[..^5];
            var child = $"{stem}_{Guid.NewGuid():D}.avhdx";
            host.Files.Put(child, new SimulatedFile(host.Files.Find(disk)!.MaxInternalSize, disk));
            host.Store.Change(part.Stored, CimProperty.Strings("HostResource", child));
        }
    }

    // What no checkpoint keeps and no machine has: gone where nothing lies on it, one with what lies on it where that is alone.
    private void Merge(string folder)
    {
        while (host.Files.DisksIn(folder).FirstOrDefault(IsSpare) is { } spare)
        {
            if (host.Files.ChildrenOf(spare).SingleOrDefault() is not { } child)
            {
                host.Files.Drop(spare);
                continue;
            }
            foreach (var above in host.Files.ChildrenOf(child).ToList())
                host.Files.Put(above, host.Files.Find(above)! with { Parent = spare });
            var below = host.Files.Find(spare)!;
            host.Files.Put(spare, below with { Content = host.Files.Find(child)!.Content ?? below.Content });
            host.Files.Drop(child);
            foreach (
                var part in host.Store.OfClass(Storage).Where(part => HasDisk(part) && FileOf(part) == child).ToList()
            )
                host.Store.Change(part.Stored, CimProperty.Strings("HostResource", spare));
        }
    }

    private bool IsSpare(string disk) =>
        !host.Store.OfClass(Storage).Any(part => HasDisk(part) && FileOf(part) == disk)
        && host.Files.ChildrenOf(disk).Count() < 2;

    private string FolderOf(SimulatedMachine machine)
    {
        var disk = FileOf(host.Machines.PartsOf(machine, Storage).First(HasDisk));
        return disk[..disk.LastIndexOf('\\')];
    }

    private static bool HasDisk(CimObject part) =>
        (part.Get<string[]>("HostResource") ?? []).Any(path => path.EndsWith("vhdx", StringComparison.Ordinal));

    private static string FileOf(CimObject part) => part.Get<string[]>("HostResource")!.Single();

    private static string Moved(string instance, string from, string to) =>
        instance.Replace(from, to, StringComparison.OrdinalIgnoreCase);
}
