namespace ContainerHost.HyperV.Tests.Graph;

/// <summary>How a call to the scripted guest goes wrong.</summary>
public enum GuestFault
{
    /// <summary>The script ends with exit code 1.</summary>
    Fails,

    /// <summary>The connection breaks.</summary>
    Lost,

    /// <summary>It does not end in its time.</summary>
    Stalls,

    /// <summary>The guest reboots under it.</summary>
    Reboots,
}
