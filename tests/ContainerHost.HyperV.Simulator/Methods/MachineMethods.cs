using ContainerHost.HyperV.Simulator.Machines;
using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Methods;

/// <summary>Power, by the switch and by the guest.</summary>
internal sealed class MachineMethods(SimulatedHost host)
{
    private const ushort Enabled = 2;
    private const ushort Disabled = 3;
    private const uint WrongState = 32775;
    private const uint FileNotFound = 32779;
    private const uint NotReady = 32780;

    private static readonly TimeSpan ShutdownTakes = TimeSpan.FromSeconds(10);

    public MethodPlan RequestStateChange(CimCall call)
    {
        if (host.Machines.BySystem(call.Target) is not { } machine)
            return MethodPlan.Refuse(WrongState);
        return call.Need<ushort>("RequestedState") switch
        {
            Enabled => Start(machine),
            // What is starting or saving already cannot be told to do so again, yet a plug can be pulled at any time.
            Disabled => machine.IsOff
                ? MethodPlan.Refuse(WrongState)
                : MethodPlan.Do(() => host.Machines.TurnOff(machine)),
            _ => MethodPlan.Refuse(WrongState),
        };
    }

    public MethodPlan Shutdown(CimCall call)
    {
        var machine = host.Machines.ById(call.Target.Keys["SystemName"].ToString()!);
        if (machine is not { State: HyperVState.Running } || !host.Machines.HearsGuest(machine))
            return MethodPlan.Refuse(NotReady);
        if (!host.Options.IgnoresShutdown)
            machine.OffAt = host.Time.GetUtcNow() + ShutdownTakes;
        return MethodPlan.Do(() => { }) with { ByJob = false };
    }

    public MethodPlan TypeKey(CimCall call)
    {
        var machine = host.Machines.ById(call.Target.Keys["SystemName"].ToString()!);
        if (machine is not { State: HyperVState.Running })
            return MethodPlan.Refuse(NotReady);
        return MethodPlan.Do(() => machine.Keys.Add(call.Need<uint>("keyCode"))) with { ByJob = false };
    }

    private MethodPlan Start(SimulatedMachine machine)
    {
        if (machine.State is not (HyperVState.Off or HyperVState.Saved or HyperVState.Paused))
            return MethodPlan.Refuse(WrongState);
        if (host.Machines.MemoryOf(machine) == 0)
            return MethodPlan.Refuse(WrongState);
        return host.Machines.DisksOf(machine).Any(disk => host.Files.Find(disk) is null)
            ? MethodPlan.Refuse(FileNotFound)
            : MethodPlan.Do(() => host.Machines.Start(machine));
    }
}
