namespace ContainerHost.HyperV.Simulator.Faults;

/// <summary>How a call fails.</summary>
public enum FaultKind
{
    /// <summary>The method returns a code at once, and does nothing.</summary>
    Code,

    /// <summary>A job starts and ends in exception with a code, having done nothing.</summary>
    JobFails,

    /// <summary>A job starts, and the answer does not say which (microsoft/openvmm throws "ReturnValue of 4096 with no Job object!").</summary>
    JobNameless,

    /// <summary>A job starts and never ends by itself.</summary>
    JobHangs,

    /// <summary>The session breaks before the host hears of the call.</summary>
    SessionLost,

    /// <summary>The host does what was asked, and the session breaks before its answer.</summary>
    AnswerLost,

    /// <summary>The host does what was asked, and the library gives up waiting for its answer.</summary>
    AnswerLate,

    /// <summary>The host does what was asked, and the library tells of a failure without a code (omiserver killed in mid-call).</summary>
    AnswerFailed,

    /// <summary>The user cancels while the call is under way.</summary>
    Cancelled,
}
