using ContainerHost.HyperV.Simulator.Schema;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Methods;

/// <summary>The methods that the simulated host can do; any other is a gap of the simulator, and says so.</summary>
internal sealed class MethodTable(SimulatedHost host)
{
    private readonly ManagementMethods _management = new(host);
    private readonly ResourceMethods _resources = new(host);
    private readonly ImageMethods _images = new(host);
    private readonly MachineMethods _machines = new(host);
    private readonly SwitchMethods _switches = new(host);
    private readonly SnapshotMethods _snapshots = new(host);

    public MethodPlan Plan(CimCall call) =>
        (call.Target.ClassName, call.Method) switch
        {
            ("Msvm_VirtualEthernetSwitchManagementService", "DefineSystem") => _switches.Define(call),
            ("Msvm_VirtualEthernetSwitchManagementService", "DestroySystem") => _switches.Destroy(call),
            (_, "DefineSystem") => _management.DefineSystem(call),
            (_, "ModifySystemSettings") => _management.ModifySystem(call),
            (_, "DestroySystem") => _management.DestroySystem(call),
            (_, "GetVirtualSystemThumbnailImage") => _management.Picture(call),
            (_, "AddResourceSettings") => _resources.Add(call),
            (_, "ModifyResourceSettings") => _resources.Modify(call),
            (_, "RemoveResourceSettings") => _resources.Remove(call),
            ("Msvm_Keyboard", "TypeKey") => _machines.TypeKey(call),
            (_, "AddFeatureSettings") => _resources.AddFeature(call),
            (_, "ModifyFeatureSettings") => _resources.ModifyFeature(call),
            ("Msvm_VirtualSystemSnapshotService", "CreateSnapshot") => _snapshots.Create(call),
            ("Msvm_VirtualSystemSnapshotService", "ApplySnapshot") => _snapshots.Apply(call),
            ("Msvm_VirtualSystemSnapshotService", "DestroySnapshot") => _snapshots.Destroy(call),
            (_, "CreateVirtualHardDisk") => _images.Create(call),
            (_, "ConvertVirtualHardDisk") => _images.Convert(call),
            (_, "ResizeVirtualHardDisk") => _images.Resize(call),
            (_, "GetVirtualHardDiskSettingData") => _images.Describe(call),
            ("Msvm_ConcreteJob", "RequestStateChange") => host.Jobs.RequestStateChange(call.Target),
            ("Msvm_ConcreteJob", "GetErrorEx") => host.Jobs.GetErrors(call.Target),
            ("Msvm_ComputerSystem", "RequestStateChange") => _machines.RequestStateChange(call),
            ("Msvm_ShutdownComponent", "InitiateShutdown") => _machines.Shutdown(call),
            _ => throw new SchemaViolationException(
                $"The simulator does not know {call.Target.ClassName}.{call.Method}."
            ),
        };
}
