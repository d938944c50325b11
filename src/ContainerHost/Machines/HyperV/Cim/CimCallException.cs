using ContainerHost.Errors;

namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>A call to a host's CIM namespace failed; the code is the native one, or the method's return value.</summary>
internal sealed class CimCallException(
    CimFailure failure,
    uint code,
    string attempted,
    string saw,
    string tryThis,
    string? host = null,
    Exception? inner = null
) : ContainerHostException(attempted, saw, tryThis, host, inner)
{
    public CimFailure Failure { get; } = failure;

    public uint Code { get; } = code;

    public override int ExitCode => Failure == CimFailure.TimedOut ? ExitCodes.TimedOut : ExitCodes.HostFailed;
}

/// <summary>Why a call failed, as far as a reader must tell it apart; Failed is any other reason.</summary>
internal enum CimFailure
{
    Failed,

    /// <summary>The instance is not there.</summary>
    NotFound,

    /// <summary>The class or the namespace is not there: the host lacks the role, or is older than it.</summary>
    Missing,

    AccessDenied,
    WrongCredentials,

    /// <summary>The host's certificate, or the host without one, is not trusted here.</summary>
    Untrusted,

    /// <summary>The host does not answer, or the session broke.</summary>
    Unreachable,

    /// <summary>The host refused the call in its present state, or its arguments.</summary>
    Refused,

    TimedOut,
}
