namespace ContainerHost.Tests.Sweeps;

/// <summary>How a call to the world goes wrong.</summary>
public enum PortFault
{
    NoSpace,
    InputOutput,
    ReadOnly,
    Denied,
    Killed,
    Missing,
    Truncated,
    Lost,
    Stalls,
    Reboots,
    Refused,
}
