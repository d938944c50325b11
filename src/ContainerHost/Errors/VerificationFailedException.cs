namespace ContainerHost.Errors;

/// <summary>At least one check of a host failed, after all checks ran.</summary>
public sealed class VerificationFailedException(string host, string saw, string tryThis)
    : ContainerHostException("verify the container host", saw, tryThis, host)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.VerificationFailed;
}
