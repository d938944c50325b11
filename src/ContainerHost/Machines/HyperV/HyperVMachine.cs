using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.Machines.HyperV;

/// <summary>A machine as Hyper-V has it: its settings now in force, and itself.</summary>
internal sealed record HyperVMachine(CimObject Settings, CimObject System)
{
    public string Name => Settings.Text("ElementName");

    public Guid? Mark => OwnershipMark.ReadFrom(Settings);

    public HyperVState State => (HyperVState)System.Get<ushort>("EnabledState");

    public bool IsOff => State == HyperVState.Off;

    /// <summary>Saved is off for whoever asks whether it runs, yet its settings cannot change.</summary>
    public MachineState Seen => State is HyperVState.Off or HyperVState.Saved ? MachineState.Off : MachineState.Running;
}
