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

    /// <inheritdoc/>
    public override int ExitCode => Failure == CimFailure.TimedOut ? ExitCodes.TimedOut : ExitCodes.HostFailed;
}
