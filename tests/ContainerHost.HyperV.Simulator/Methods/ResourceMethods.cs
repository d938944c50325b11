using ContainerHost.HyperV.Simulator.Machines;
using ContainerHost.HyperV.Simulator.Schema;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Methods;

/// <summary>Devices of machines, and the features of their switch ports.</summary>
internal sealed class ResourceMethods(SimulatedHost host)
{
    public MethodPlan Add(CimCall call)
    {
        var resource = call.OnlyInstance("ResourceSettings");
        if (host.Machines.BySettings(call.Need<CimPath>("AffectedConfiguration")) is not { } machine)
            return MethodPlan.Invalid;
        if (!resource.Text("InstanceID").EndsWith(@"\Default", StringComparison.Ordinal))
            throw new SchemaViolationException(
                $"A new {resource.Text("ResourceSubType")} is not made from the host's defaults."
            );
        return Refusal(resource, machine) ?? MethodPlan.Do(() => Attach(resource, machine));
    }

    public MethodPlan Modify(CimCall call)
    {
        var resource = call.OnlyInstance("ResourceSettings");
        if (Known(resource) is not { } known)
            return MethodPlan.Invalid;
        var machine = host.Machines.OwnerOf(known.Stored);
        if (machine is { IsOff: false })
            return MethodPlan.WrongState;
        // Static memory has one size; a host without enough of it refuses.
        if (resource.ClassName == "Msvm_MemorySettingData" && resource.Get<ulong>("VirtualQuantity") is 0 or > 65536)
            return MethodPlan.Invalid;
        if (resource.ClassName == "Msvm_ProcessorSettingData" && resource.Get<ulong>("VirtualQuantity") is 0 or > 240)
            return MethodPlan.Invalid;
        return MethodPlan.Do(() => host.Store.Put(resource));
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
            "Msvm_StorageAllocationSettingData" when resources.Any(path => host.Files.Find(path) is null) =>
                MethodPlan.FileNotFound,
            "Msvm_EthernetPortAllocationSettingData"
                when resources.Any(path => host.Store.Find(CimPath.Parse(path)) is null) => MethodPlan.Invalid,
            _ => null,
        };
    }

    private void Attach(CimObject resource, SimulatedMachine machine)
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
