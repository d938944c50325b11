namespace ContainerHost.Errors;

/// <summary>At least one check of a host failed, after all checks ran.</summary>
public sealed class VerificationFailedException(
    string host,
    string saw,
    string tryThis,
    string attempted = "verify the container host"
) : ContainerHostException(attempted, saw, tryThis, host)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.VerificationFailed;
}
