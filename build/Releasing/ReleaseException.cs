using ContainerHost.Errors;

namespace Releasing;

/// <summary>A release could not be made; the exit code tells whether it is the input, a check, the other side, or another run.</summary>
internal sealed class ReleaseException(
    string attempted,
    string saw,
    string tryThis,
    int exitCode = ExitCodes.HostFailed,
    Exception? inner = null
) : ContainerHostException(attempted, saw, tryThis, inner: inner)
{
    public override int ExitCode => exitCode;
}
