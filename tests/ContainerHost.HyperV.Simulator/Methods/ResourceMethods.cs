using ContainerHost.HyperV.Simulator.Machines;
using ContainerHost.HyperV.Simulator.Schema;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Methods;

/// <summary>Devices of machines, and the features of their switch ports.</summary>
internal sealed class ResourceMethods(SimulatedHost host)
{
    public MethodPlan Add(CimCall call)
    {
        var resources = call.Instances("ResourceSettings");
        if (host.Machines.BySettings(call.Need<CimPath>("AffectedConfiguration")) is not { } machine)
            return MethodPlan.Invalid;
        foreach (
            var resource in resources.Where(one =>
                !one.Text("InstanceID").EndsWith(@"\Default", StringComparison.Ordinal)
            )
        )
            throw new SchemaViolationException(
                $"A new {resource.Text("ResourceSubType")} is not made from the host's defaults."
            );
        if (resources.DistinctBy(PlaceOf).Count() < resources.Count)
            return MethodPlan.Invalid;
        return resources.Select(one => Refusal(one, machine)).FirstOrDefault(refusal => refusal is not null)
            ?? MethodPlan.Do(() =>
            {
                foreach (var resource in resources)
                    Attach(resource, machine);
            });
    }

    /// <summary>
    /// What is wrong with memory or processors: a host without enough of them refuses, and memory that is no multiple of 2 MiB fails in the job
    /// (kubernetes/minikube, #6973: "not properly aligned").
    /// </summary>
    public static MethodPlan? RefuseSize(CimObject resource) =>
        (resource.ClassName, resource.Get<ulong>("VirtualQuantity")) switch
        {
            ("Msvm_MemorySettingData", 0 or > 65536) => MethodPlan.Invalid,
            ("Msvm_MemorySettingData", var memory) when memory % 2 != 0 => MethodPlan.FailInJob(32768),
            ("Msvm_ProcessorSettingData", 0 or > 240) => MethodPlan.Invalid,
            _ => null,
        };

    public MethodPlan Modify(CimCall call)
    {
        var resource = call.OnlyInstance("ResourceSettings");
        if (Known(resource) is not { } known)
            return MethodPlan.Invalid;
        var machine = host.Machines.OwnerOf(known.Stored);
        if (machine is { IsOff: false })
            return MethodPlan.WrongState;
        return RefuseSize(resource) ?? MethodPlan.Do(() => host.Store.Put(resource));
    }

    /// <summary>Media of SCSI drives come out of running machines too; everything else wants the machine off.</summary>
    public MethodPlan Remove(CimCall call)
    {
        var resources = call.Need<CimPath[]>("ResourceSettings");
        if (resources.Any(path => host.Store.Find(path) is null))
            return MethodPlan.Invalid;
        var wrong = resources.Any(path =>
            host.Machines.OwnerOf(path) is { IsOff: false }
            && host.Store.Find(path)!.Text("ResourceSubType") != "Microsoft:Hyper-V:Virtual CD/DVD Disk"
        );
        return wrong
            ? MethodPlan.WrongState
            : MethodPlan.Do(() =>
            {
                foreach (var path in resources)
                    host.Store.Remove(path);
            });
    }

    public MethodPlan AddFeature(CimCall call)
    {
        var port = call.Need<CimPath>("AffectedConfiguration");
        var feature = call.OnlyInstance("FeatureSettings");
        if (host.Store.Find(port) is null)
            return MethodPlan.Invalid;
        return MethodPlan.Do(() =>
        {
            var stored = host.Store.Put(
                feature.With(CimProperty.String("InstanceID", $@"{port.Keys["InstanceID"]}\Security"))
            );
            host.Store.Relate("Msvm_EthernetPortSettingDataComponent", port, stored.Stored);
        });
    }

    public MethodPlan ModifyFeature(CimCall call)
    {
        var feature = call.OnlyInstance("FeatureSettings");
        return Known(feature) is null ? MethodPlan.Invalid : MethodPlan.Do(() => host.Store.Put(feature));
    }

    private CimObject? Known(CimObject given) =>
        host.Store.OfClass(given.ClassName).FirstOrDefault(one => one.Text("InstanceID") == given.Text("InstanceID"));

    private MethodPlan? Refusal(CimObject resource, SimulatedMachine machine)
    {
        if (!machine.IsOff)
            return MethodPlan.WrongState;
        if (resource.Text("Parent") is { Length: > 0 } parent && !PartOf(machine, parent))
            return MethodPlan.Invalid;
        var place = resource.Text("AddressOnParent");
        if (
            place.Length > 0
            && Parts(machine)
                .Any(one => one.Text("Parent") == resource.Text("Parent") && one.Text("AddressOnParent") == place)
        )
            return MethodPlan.Invalid;
        var resources = resource.Get<string[]>("HostResource") ?? [];
        return resource.ClassName switch
        {
            "Msvm_StorageAllocationSettingData" when resources.Any(host.Files.IsScanned) => MethodPlan.FailInJob(32768),
            "Msvm_StorageAllocationSettingData" when resources.Any(path => host.Files.Find(path) is null) =>
                MethodPlan.FileNotFound,
            "Msvm_EthernetPortAllocationSettingData"
                when resources.Any(path => host.Store.Find(CimPath.Parse(path)) is null) => MethodPlan.Invalid,
            _ => null,
        };
    }

    // Two of no place are two.
    private static string PlaceOf(CimObject resource) =>
        resource.Text("AddressOnParent") is { Length: > 0 } place
            ? $"{resource.Text("Parent")} {place}"
            : $"{Guid.NewGuid()}";

    public void Attach(CimObject resource, SimulatedMachine machine)
    {
        var id = $@"Microsoft:{machine.Id}\{Guid.NewGuid():D}";
        var stored = host.Store.Put(resource.With(CimProperty.String("InstanceID", id))).Stored;
        host.Store.Relate(MachineTable.Component, machine.Settings, stored);
        if (
            resource.Text("ResourceSubType")
            is "Microsoft:Hyper-V:Synthetic Disk Drive"
                or "Microsoft:Hyper-V:Synthetic DVD Drive"
                or "Microsoft:Hyper-V:Synthetic Ethernet Port"
        )
        {
            var source = new CimObject("Msvm_BootSourceSettingData").With(CimProperty.String("InstanceID", $@"{id}\B"));
            host.Store.Relate("Msvm_BootSourceComponent", machine.Settings, host.Store.Put(source).Stored);
        }
    }

    private IEnumerable<CimObject> Parts(SimulatedMachine machine) =>
        host.Machines.PartsOf(machine, "CIM_ResourceAllocationSettingData");

    private bool PartOf(SimulatedMachine machine, string path) =>
        CimPath.TryParse(path, out var parent) && Parts(machine).Any(one => one.Stored.Equals(parent));
}
