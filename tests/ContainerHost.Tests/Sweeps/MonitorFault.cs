namespace ContainerHost.Tests.Sweeps;

/// <summary>How a connection to QEMU's monitor goes wrong; the stand-in knows them by these names.</summary>
public enum MonitorFault
{
    /// <summary>It is closed at once.</summary>
    Closed,

    /// <summary>QEMU ends.</summary>
    Died,

    /// <summary>The command is never answered.</summary>
    Hangs,

    /// <summary>The command is refused.</summary>
    Refuses,

    /// <summary>The answer is no JSON.</summary>
    Garbage,

    /// <summary>The connection is closed in the middle of the answer.</summary>
    Cut,
}
