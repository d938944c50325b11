namespace ContainerHost.Errors;

/// <summary>The machine lacks what the host needs.</summary>
public sealed class PrerequisitesMissingException(string attempted, string saw, string tryThis)
    : ContainerHostException(attempted, saw, tryThis)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.PrerequisitesMissing;
}
