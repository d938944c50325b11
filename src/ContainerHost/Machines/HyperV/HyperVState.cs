namespace ContainerHost.Machines.HyperV;

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
