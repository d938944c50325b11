using ContainerHost.HyperV.Simulator.Machines;
using ContainerHost.HyperV.Simulator.Schema;
using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Methods;

/// <summary>
/// Checkpoints (MicrosoftDocs/win32, HyperV_v2, msvm-virtualsystemsnapshotservice.md). "MS" is Microsoft's own module, decompiled in nforgeio/neonSDK.
/// </summary>
internal sealed class SnapshotMethods(SimulatedHost host)
{
    private const ushort Full = 2;
    private const ushort Disabled = 2;
    private const ushort Standard = 5;
    private const uint Failed = 32768;

    // States in which MS offers a standard checkpoint (VMComputerSystemView.IsSnapshotAvailable).
    private static readonly HyperVState[] Still =
    [
        HyperVState.Running,
        HyperVState.Paused,
        HyperVState.Off,
        HyperVState.Saved,
    ];

    public MethodPlan Create(CimCall call)
    {
        if (call.Need<ushort>("SnapshotType") != Full)
            throw new SchemaViolationException("The simulated host takes full snapshots only.");
        if (host.Machines.BySystem(call.Need<CimPath>("AffectedSystem")) is not { } machine)
            return MethodPlan.Invalid;
        // Backup products wait for merges before they take one.
        if (!Still.Contains(machine.State) || host.Checkpoints.IsMerging(machine))
            return MethodPlan.WrongState;
        var kind = host.Store.Find(machine.Settings)!.Get<ushort>("UserSnapshotType");
        // "Checkpoint operation failed. Checkpoints have been disabled" (hashicorp/vagrant #9977).
        if (kind == Disabled)
            return MethodPlan.FailInJob(Failed);
        if (kind != Standard)
            throw new SchemaViolationException("The simulated host takes standard checkpoints only.");
        return machine.State == HyperVState.Running && host.Options.RefusesToSaveNested && IsNested(machine)
            ? MethodPlan.FailInJob(Failed)
            : MethodPlan.Do(() => host.Checkpoints.Take(machine));
    }

    // MS's Restore-VMSnapshot saves a machine that runs or is paused before it applies one.
    public MethodPlan Apply(CimCall call)
    {
        if (host.Checkpoints.Find(call.Need<CimPath>("Snapshot")) is not { } checkpoint)
            return MethodPlan.Invalid;
        var machine = host.Checkpoints.OwnerOf(checkpoint.Settings);
        return machine.State is HyperVState.Off or HyperVState.Saved && !host.Checkpoints.IsMerging(machine)
            ? MethodPlan.Do(() => host.Checkpoints.Apply(checkpoint))
            : MethodPlan.WrongState;
    }

    public MethodPlan Destroy(CimCall call) =>
        host.Checkpoints.Find(call.Need<CimPath>("AffectedSnapshot")) is { } checkpoint
            ? MethodPlan.Do(() => host.Checkpoints.Destroy(checkpoint))
            : MethodPlan.Invalid;

    private bool IsNested(SimulatedMachine machine) =>
        host
            .Machines.PartsOf(machine, "Msvm_ProcessorSettingData")
            .Any(one => one.Get<bool>("ExposeVirtualizationExtensions"));
}
