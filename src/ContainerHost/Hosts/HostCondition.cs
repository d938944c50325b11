namespace ContainerHost.Hosts;

/// <summary>The state of a host.</summary>
public enum HostCondition
{
    /// <summary>Its state cannot be read.</summary>
    Damaged,

    /// <summary>Its machine was begun and never finished; the next CreateVm goes on or starts anew.</summary>
    HalfMade,

    /// <summary>Its machine is off.</summary>
    Off,

    /// <summary>Its machine runs.</summary>
    Running,
}
