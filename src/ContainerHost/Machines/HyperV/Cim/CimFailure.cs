namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>Why a call failed, as far as a reader must tell it apart.</summary>
internal enum CimFailure
{
    /// <summary>Any other reason.</summary>
    Failed,

    /// <summary>The instance, class or namespace is not there.</summary>
    NotFound,

    /// <summary>The user may not.</summary>
    AccessDenied,

    /// <summary>The user's name or password is wrong.</summary>
    WrongCredentials,

    /// <summary>The host does not answer, or the session broke.</summary>
    Unreachable,

    /// <summary>The host refused the call in its present state, or its arguments.</summary>
    Refused,

    /// <summary>The host took too long.</summary>
    TimedOut,
}
