using ContainerHost.HyperV.Simulator.Methods;
using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Machines;

/// <summary>The machines of the host, and what becomes of them.</summary>
internal sealed class MachineTable(SimulatedHost host)
{
    public const string Component = "Msvm_VirtualSystemSettingDataComponent";
    private const string SummaryClass = "Msvm_SummaryInformation";

    /// <summary>When a loader has stopped asking: five seconds, from three after the start on (hashicorp/packer, #7278).</summary>
    public static readonly TimeSpan PromptEnds = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan PromptBegins = TimeSpan.FromSeconds(3);

    // Every machine has one of each, which no other is added to.
    private static readonly string[] Own = ["Msvm_ProcessorSettingData", "Msvm_MemorySettingData"];

    private readonly List<SimulatedMachine> _machines = [];
    private DateTimeOffset _mergedAt;
    private DateTimeOffset _releasedAt;

    public IReadOnlyList<SimulatedMachine> All => _machines;

    public SimulatedMachine? ById(string id) =>
        _machines.Find(one => one.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    public SimulatedMachine? BySystem(CimPath path) => _machines.Find(one => one.System.Equals(path));

    public SimulatedMachine? BySettings(CimPath path) => _machines.Find(one => one.Settings.Equals(path));

    public SimulatedMachine? OwnerOf(CimPath part) =>
        _machines.Find(one => PartsOf(one, "CIM_SettingData").Any(found => found.Stored.Equals(part)));

    public IEnumerable<CimObject> PartsOf(SimulatedMachine machine, string className) =>
        host.Store.Related(machine.Settings, Component, className);

    public IEnumerable<string> DisksOf(SimulatedMachine machine) =>
        PartsOf(machine, "Msvm_StorageAllocationSettingData")
            .SelectMany(one => one.Get<string[]>("HostResource") ?? []);

    public IEnumerable<string> OpenDisks() => _machines.Where(one => !one.IsOff).SelectMany(DisksOf);

    public ulong MemoryOf(SimulatedMachine machine) =>
        PartsOf(machine, "Msvm_MemorySettingData")
            .Aggregate(0UL, (sum, one) => sum + one.Get<ulong>("VirtualQuantity"));

    public bool HearsGuest(SimulatedMachine machine) =>
        machine.State == HyperVState.Running
        && host.Time.GetUtcNow() >= machine.StartedAt + host.Options.HeartbeatAfter;

    /// <summary>Makes a machine as somebody else would, who has no marks of ours.</summary>
    public void Define(string name) =>
        Define(new CimObject("Msvm_VirtualSystemSettingData").With(CimProperty.String("ElementName", name)), []);

    /// <summary>Makes a machine with the devices that every one of generation 2 has, as large as was asked for, and those that were asked for besides.</summary>
    public void Define(CimObject settings, IReadOnlyList<CimObject> resources)
    {
        var id = Guid.NewGuid().ToString("D").ToUpperInvariant();
        var stored = host.Store.Put(
            settings.With(
                CimProperty.String("InstanceID", $"Microsoft:{id}"),
                CimProperty.String("VirtualSystemIdentifier", id),
                CimProperty.String("VirtualSystemType", "Microsoft:Hyper-V:System:Realized"),
                CimProperty.String("Caption", host.Say("Virtual Machine"))
            )
        );
        var system = host.Store.Put(
            new CimObject("Msvm_ComputerSystem").With(
                CimProperty.String("CreationClassName", "Msvm_ComputerSystem"),
                CimProperty.String("Name", id),
                CimProperty.String("ElementName", settings.Text("ElementName")),
                CimProperty.String("Caption", host.Say("Virtual Machine")),
                CimProperty.UInt16("EnabledState", (ushort)HyperVState.Off)
            )
        );
        host.Store.Relate("Msvm_SettingsDefineState", system.Stored, stored.Stored);
        var machine = new SimulatedMachine(id, stored.Stored, system.Stored);
        _machines.Add(machine);
        Summarize(machine);
        Give("Msvm_ProcessorSettingData", "Processor", CimProperty.UInt64("VirtualQuantity", 1));
        Give("Msvm_MemorySettingData", "Memory", CimProperty.UInt64("VirtualQuantity", 1024));
        Give("Msvm_SerialPortSettingData", "0");
        Give("Msvm_SerialPortSettingData", "1");
        foreach (var one in resources)
        {
            if (PartsOf(machine, one.ClassName).ToList() is [var there] && Own.Contains(one.ClassName))
                host.Store.Put(one.With(CimProperty.String("InstanceID", there.Text("InstanceID"))));
            else
                new ResourceMethods(host).Attach(one, machine);
        }

        void Give(string className, string part, params CimProperty[] more)
        {
            var key = CimProperty.String("InstanceID", $@"Microsoft:{id}\{part}");
            var device = host.Store.Put(new CimObject(className).With([key, .. more]));
            host.Store.Relate(Component, stored.Stored, device.Stored);
        }
    }

    public void Start(SimulatedMachine machine)
    {
        Set(machine, HyperVState.Starting);
        var at = host.Time.GetUtcNow() + host.Options.TransitionsTake;
        machine.Ahead = (
            at,
            () =>
            {
                machine.StartedAt = at;
                machine.Keys.Clear();
                machine.HasBootedMedium = false;
                Set(machine, HyperVState.Running);
                new GuestReports(host).Begin(machine);
            }
        );
    }

    /// <summary>Has the guest shut down: the machine is stopping, and off at last.</summary>
    public void ShutDown(SimulatedMachine machine, TimeSpan takes)
    {
        Set(machine, HyperVState.Stopping);
        machine.Ahead = (host.Time.GetUtcNow() + takes, () => TurnOff(machine));
    }

    public void Type(SimulatedMachine machine, uint key)
    {
        machine.HasBootedMedium |= AsksForKey(machine);
        machine.Keys.Add(key);
    }

    /// <summary>True while a machine that tries a drive with a medium first asks, and no key came.</summary>
    public bool AsksForKey(SimulatedMachine machine)
    {
        var ran = host.Time.GetUtcNow() - machine.StartedAt;
        if (machine.HasBootedMedium || machine.State != HyperVState.Running || ran < PromptBegins || ran > PromptEnds)
            return false;
        var order = host.Store.Find(machine.Settings)?.Get<string[]>("BootSourceOrder") ?? [];
        if (order.Length == 0 || host.Store.Find(CimPath.Parse(order[0])) is not { } first)
            return false;
        var drive = first.Text("InstanceID")[..^2];
        return PartsOf(machine, "Msvm_StorageAllocationSettingData")
            .Any(one =>
                one.Text("ResourceSubType") == "Microsoft:Hyper-V:Virtual CD/DVD Disk"
                && CimPath.Parse(one.Text("Parent")).Keys["InstanceID"].ToString() == drive
            );
    }

    public void TurnOff(SimulatedMachine machine)
    {
        machine.Ahead = null;
        machine.Memory = null;
        Set(machine, HyperVState.Off);
        new GuestReports(host).End(machine);
    }

    /// <summary>Puts a machine into a state that somebody else brought it to, such as saved or paused; one with a text is "other" (MicrosoftDocs/win32).</summary>
    public void Set(SimulatedMachine machine, HyperVState state, string? text = null)
    {
        machine.State = state;
        Summarize(machine);
        host.Store.Change(
            machine.System,
            CimProperty.UInt16("EnabledState", (ushort)state),
            CimProperty.String("OtherEnabledState", text)
        );
    }

    // Of static memory all that it was given, while it has any (Microsoft's reference of Msvm_SummaryInformation: MemoryUsage is in megabytes).
    private void Summarize(SimulatedMachine machine) =>
        host.Store.Put(
            new CimObject(SummaryClass).With(
                CimProperty.String("InstanceID", $"Microsoft:{machine.Id}"),
                CimProperty.String("Name", machine.Id),
                CimProperty.UInt64(
                    "MemoryUsage",
                    machine.State is HyperVState.Off or HyperVState.Saved ? 0 : MemoryOf(machine)
                )
            )
        );

    public void Remove(SimulatedMachine machine)
    {
        host.Store.Remove(host.Store.OfClass(SummaryClass).Where(one => one.Text("Name") == machine.Id));
        host.Store.Remove(PartsOf(machine, "CIM_SettingData"));
        host.Store.Remove(
            host.Store.Related(machine.Settings, "Msvm_BootSourceComponent", "Msvm_BootSourceSettingData")
        );
        // Checkpoints go with their machine, and are merged after that (Microsoft's documentation of Remove-VM).
        _releasedAt = host.Time.GetUtcNow() + host.Options.FilesHeld;
        if (host.Checkpoints.Forget(machine))
            _mergedAt = host.Time.GetUtcNow() + host.Options.MergesTake;
        host.Store.Remove(machine.Settings);
        host.Store.Remove(machine.System);
        _machines.Remove(machine);
    }

    /// <summary>Has a running machine's guest write to its disk, and remember something.</summary>
    public void Write(SimulatedMachine machine, string disk, string? memory = null)
    {
        foreach (var path in DisksOf(machine).Where(path => path.EndsWith("vhdx", StringComparison.Ordinal)).ToList())
            if (host.Files.IsSealed(path))
                throw new InvalidOperationException($"a guest writes to {path}, which is sealed");
            else
                host.Files.Put(path, host.Files.Find(path)! with { Content = disk });
        machine.Memory = memory;
    }

    /// <summary>What the machine's guest reads from its disk.</summary>
    public string? Read(SimulatedMachine machine) =>
        host.Files.Read(DisksOf(machine).Single(path => path.EndsWith("vhdx", StringComparison.Ordinal)));

    /// <summary>True while disks are merged, which only a later look ends.</summary>
    public bool IsMerging => host.Time.GetUtcNow() < _mergedAt;

    /// <summary>True just after a machine was removed.</summary>
    public bool HoldsFiles => host.Time.GetUtcNow() < _releasedAt;

    /// <summary>What guests do as time goes by.</summary>
    public void Tick()
    {
        var now = host.Time.GetUtcNow();
        foreach (var machine in _machines)
        {
            if (machine.Ahead is { } ahead && ahead.At <= now)
            {
                machine.Ahead = null;
                ahead.Effect();
            }
            if (machine.State == HyperVState.Running)
                new GuestReports(host).Update(machine);
        }
    }
}
