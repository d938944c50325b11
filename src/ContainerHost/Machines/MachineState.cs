namespace ContainerHost.Machines;

internal enum MachineState
{
    /// <summary>There is no such machine of ours.</summary>
    Absent,
    Off,
    Running,
}
