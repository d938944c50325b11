namespace ContainerHost.Processes;

/// <summary>What a finished command left: its exit code and both outputs, as text.</summary>
public sealed record CommandResult(int ExitCode, string StandardOutput, string StandardError)
{
    /// <summary>True when the exit code is 0.</summary>
    public bool Succeeded => ExitCode == 0;
}
