namespace Nuke.Common.Execution;

/// <summary>How far a target has come.</summary>
internal enum ExecutionStatus
{
    /// <summary>Its turn has not come.</summary>
    Scheduled,

    /// <summary>Another target failed before its turn came.</summary>
    NotRun,

    /// <summary>It was not needed.</summary>
    Skipped,

    /// <summary>It did what it is for.</summary>
    Succeeded,

    /// <summary>It did not.</summary>
    Failed,

    /// <summary>It was cancelled.</summary>
    Aborted,
}
