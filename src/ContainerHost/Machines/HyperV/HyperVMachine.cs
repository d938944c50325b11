using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.Machines.HyperV;

/// <summary>A machine as Hyper-V has it: its settings now in force, and itself.</summary>
internal sealed record HyperVMachine(CimObject Settings, CimObject System)
{
    public string Name => Settings.Text("ElementName");

    public HyperVState State => (HyperVState)System.Get<ushort>("EnabledState");

    public bool IsOff => State == HyperVState.Off;

    /// <summary>Saved is off for whoever asks whether it runs, yet its settings cannot change.</summary>
    public MachineState Seen => State is HyperVState.Off or HyperVState.Saved ? MachineState.Off : MachineState.Running;
}

/// <summary>EnabledState of Msvm_ComputerSystem (Microsoft's reference).</summary>
internal enum HyperVState
{
    Unknown = 0,
    Running = 2,
    Off = 3,
    Paused = 32768,
    Saved = 32769,
    Starting = 32770,
    Snapshotting = 32771,
    Saving = 32773,
    Stopping = 32774,
    Pausing = 32776,
    Resuming = 32777,
}
