namespace ContainerHost.Machines;

/// <summary>The disks that a machine writes to.</summary>
internal enum MachineDisk
{
    /// <summary>The one that it boots from.</summary>
    System,

    /// <summary>The one for data, where it has one.</summary>
    Data,
}
