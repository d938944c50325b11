namespace ContainerHost.Machines.HyperV;

/// <summary>How machines are made on a Hyper-V host, beside what their specs say.</summary>
internal sealed record HyperVOptions
{
    /// <summary>The virtual switch by its name; null for the only external one, or the Default Switch.</summary>
    public string? Switch { get; init; }

    /// <summary>The network adapter to make an external switch on when no switch fits; null to make none.</summary>
    public string? CreateSwitchOn { get; init; }
}
