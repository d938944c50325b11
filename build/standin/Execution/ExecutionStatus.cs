namespace Nuke.Common.Execution;

/// <summary>How far a target has come.</summary>
public enum ExecutionStatus
{
    /// <summary>Not in the plan.</summary>
    None,

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

    /// <summary>It is at work.</summary>
    Running,

    /// <summary>It was cancelled.</summary>
    Aborted,

    /// <summary>It only gathers other targets.</summary>
    Collective,
}
