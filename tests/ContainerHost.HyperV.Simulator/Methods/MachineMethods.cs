using ContainerHost.HyperV.Simulator.Machines;
using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Methods;

/// <summary>Power, by the switch and by the guest.</summary>
internal sealed class MachineMethods(SimulatedHost host)
{
    private const ushort Enabled = 2;
    private const ushort Disabled = 3;

    private static readonly TimeSpan ShutdownTakes = TimeSpan.FromSeconds(10);

    public MethodPlan RequestStateChange(CimCall call)
    {
        if (host.Machines.BySystem(call.Target) is not { } machine)
            return MethodPlan.WrongState;
        return call.Need<ushort>("RequestedState") switch
        {
            Enabled => Start(machine),
            // From these only (gm_StateTransitionMap of Microsoft's module, decompiled in nforgeio/neonSDK).
            Disabled when machine.State is HyperVState.Running or HyperVState.Paused or HyperVState.Saved =>
                MethodPlan.Do(() => host.Machines.TurnOff(machine)),
            _ => MethodPlan.WrongState,
        };
    }

    public MethodPlan Shutdown(CimCall call)
    {
        if (OwnerOf(call.Target) is not { } machine || !host.Machines.HearsGuest(machine))
            return MethodPlan.NotReady;
        if (!host.Options.IgnoresShutdown)
            host.Machines.ShutDown(machine, ShutdownTakes);
        return MethodPlan.Answer();
    }

    public MethodPlan TypeKey(CimCall call)
    {
        if (OwnerOf(call.Target) is not { State: HyperVState.Running } machine)
            return MethodPlan.WrongState;
        return MethodPlan.DoAtOnce(() => host.Machines.Type(machine, call.Need<uint>("keyCode")));
    }

    private SimulatedMachine? OwnerOf(CimPath device) => host.Machines.ById(device.Keys["SystemName"].ToString()!);

    private MethodPlan Start(SimulatedMachine machine)
    {
        var canStart = machine.State is HyperVState.Off or HyperVState.Saved or HyperVState.Paused;
        if (!canStart || host.Machines.MemoryOf(machine) == 0)
            return MethodPlan.WrongState;
        return host.Machines.DisksOf(machine).Any(disk => host.Files.Find(disk) is null)
            ? MethodPlan.FileNotFound
            : MethodPlan.Do(() => host.Machines.Start(machine));
    }
}
