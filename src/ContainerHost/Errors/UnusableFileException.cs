namespace ContainerHost.Errors;

/// <summary>A file of the user's is not what it is given for.</summary>
internal sealed class UnusableFileException(string attempted, string saw, string tryThis, Exception? inner = null)
    : ContainerHostException(attempted, saw, tryThis, inner: inner)
{
    public override int ExitCode => ExitCodes.InvalidInput;
}
