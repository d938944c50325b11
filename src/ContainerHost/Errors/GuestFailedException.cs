namespace ContainerHost.Errors;

/// <summary>A guest that is awaited has failed for good, as its console or its machine shows: waiting on would change nothing.</summary>
public sealed class GuestFailedException(string saw, string tryThis, string? host = null)
    : ContainerHostException("wait for the guest", saw, tryThis, host)
{
    /// <summary>True where turning its machine off and on may help: it stood still from its start on, or its kernel failed.</summary>
    internal bool EndsByPowerCycle { get; init; }
}
