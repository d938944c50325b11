using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.Machines.HyperV;

/// <summary>A machine as Hyper-V has it: its settings now in force, and itself.</summary>
internal sealed record HyperVMachine(CimObject Settings, CimObject System)
{
    public string Name => Settings.Text("ElementName");

    public HyperVState State => (HyperVState)System.Get<ushort>("EnabledState");

    /// <summary>The state in words; the host's own where its number says no more than "other", such as "Saving".</summary>
    public string StateTitle =>
        State == HyperVState.Other && System.Text("OtherEnabledState") is { Length: > 0 } text
            ? text
            : $"{State}".ToLowerInvariant();

    public bool IsOff => State == HyperVState.Off;

    /// <summary>True on the way from one state to another, when no other can be asked for.</summary>
    public bool IsPassing => State is HyperVState.Stopping or HyperVState.Starting or HyperVState.Other;

    /// <summary>Saved is off for whoever asks whether it runs, yet its settings cannot change.</summary>
    public MachineState Seen => State is HyperVState.Off or HyperVState.Saved ? MachineState.Off : MachineState.Running;
}

/// <summary>
/// EnabledState of Msvm_ComputerSystem in root\virtualization\v2 (MicrosoftDocs/win32, HyperV_v2/msvm-computersystem.md). Saving, pausing,
/// resuming and the like come as Other with a text beside it.
/// </summary>
internal enum HyperVState
{
    Unknown = 0,
    Other = 1,
    Running = 2,
    Off = 3,
    Stopping = 4,
    Saved = 6,
    Paused = 9,
    Starting = 10,
}
