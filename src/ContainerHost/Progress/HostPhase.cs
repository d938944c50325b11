namespace ContainerHost.Progress;

/// <summary>How far a host of a lab is.</summary>
public enum HostPhase
{
    /// <summary>Others come first, or all places are taken.</summary>
    Waiting,

    /// <summary>It is worked on.</summary>
    Running,

    /// <summary>It is as it was to be.</summary>
    Done,

    /// <summary>It could not be made so.</summary>
    Failed,

    /// <summary>It was not begun, since one that it needs failed.</summary>
    NotTried,
}
