namespace ContainerHost.Machines;

/// <summary>The state of a virtual machine.</summary>
internal enum MachineState
{
    /// <summary>There is no such machine of ours.</summary>
    Absent,

    /// <summary>It is defined and off.</summary>
    Off,

    /// <summary>It runs.</summary>
    Running,
}
