namespace ContainerHost.Errors;

/// <summary>An error that tells what was attempted, which completes "Could not ...", on which host, what was seen and what to try.</summary>
public class ContainerHostException(
    string attempted,
    string saw,
    string tryThis,
    string? host = null,
    Exception? inner = null
) : Exception(Render(attempted, host, SafeText.Clean(saw), tryThis), inner)
{
    /// <summary>What was attempted, as in "Could not start the virtual machine".</summary>
    public string Attempted { get; } = attempted;

    /// <summary>The host it was attempted on, or null when it concerns none.</summary>
    public string? Host { get; } = host;

    /// <summary>What was seen instead of success; control characters, which a guest may have sent, are shown as their pictures.</summary>
    public string Saw { get; } = SafeText.Clean(saw);

    /// <summary>What an operator can do next.</summary>
    public string Try { get; } = tryThis;

    /// <summary>The exit code of a build that ends with this error; see <see cref="ExitCodes"/>.</summary>
    public virtual int ExitCode => ExitCodes.HostFailed;

    private static string Render(string attempted, string? host, string saw, string tryThis)
    {
        var where = host is null ? "" : $" (host '{host}')";
        return $"Could not {attempted}{where}.\n  Saw: {Indent(saw)}\n  Try: {Indent(tryThis)}";
    }

    private static string Indent(string text) => text.Trim().Replace("\n", "\n       ", StringComparison.Ordinal);
}
