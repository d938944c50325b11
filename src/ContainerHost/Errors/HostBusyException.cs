namespace ContainerHost.Errors;

/// <summary>Another process holds the lock on a host or a cache entry.</summary>
public sealed class HostBusyException(string attempted, string saw, string? host = null)
    : ContainerHostException(attempted, saw, "wait for that process to end, or end it; its lock dies with it.", host)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.HostBusy;
}
