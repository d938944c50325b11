namespace ContainerHost.Errors;

/// <summary>A deadline passed while something was awaited.</summary>
public sealed class DeadlineException(
    string awaited,
    TimeSpan deadline,
    string lastSeen,
    string tryThis,
    string? host = null
) : ContainerHostException($"wait until {awaited}", $"after {deadline.TotalSeconds:0} s: {lastSeen}", tryThis, host)
{
    /// <summary>How long it was awaited.</summary>
    public TimeSpan Deadline { get; } = deadline;

    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.TimedOut;
}
