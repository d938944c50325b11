namespace ContainerHost.Tests.Sweeps;

/// <summary>What happens to the disk that a run writes to.</summary>
public enum DiskFault
{
    /// <summary>Somebody else fills it.</summary>
    Full,

    /// <summary>It is mounted anew, read-only.</summary>
    ReadOnly,
}
