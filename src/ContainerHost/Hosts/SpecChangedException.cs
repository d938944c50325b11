using ContainerHost.Errors;

namespace ContainerHost.Hosts;

/// <summary>The host exists and was made from another spec, and the difference cannot be applied in place.</summary>
internal sealed class SpecChangedException(string host, IReadOnlyList<string> differences)
    : ContainerHostException(
        "change the host in place",
        string.Join('\n', differences),
        "leave these parameters as the host has them, or add --recreate: it destroys the host and makes it anew.",
        host
    )
{
    public override int ExitCode => ExitCodes.InvalidInput;
}
