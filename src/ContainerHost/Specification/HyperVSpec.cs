namespace ContainerHost.Specification;

/// <summary>What of a host concerns Hyper-V only; never a secret.</summary>
internal sealed record HyperVSpec
{
    /// <summary>The virtual switch by its name; null for the only external one there is, or the Default Switch.</summary>
    public string? Switch { get; init; }

    /// <summary>The network adapter to make an external switch on when no switch fits; null to make none.</summary>
    public string? CreateSwitchOn { get; init; }

    /// <summary>The Hyper-V host by name or address; null for this machine.</summary>
    public string? Computer { get; init; }

    /// <summary>True when what is read of the host crosses WS-Management, which is slow and has messages of 500 KB (MS-WSMV 2.2.4.10).</summary>
    public bool IsOverWsMan => Computer is not null && Transport != HyperVTransport.Dcom;

    public HyperVTransport Transport { get; init; } = HyperVTransport.Https;
    public HyperVAuthentication Authentication { get; init; } = HyperVAuthentication.Negotiate;

    /// <summary>The user there, as <c>DOMAIN\user</c> or <c>user@domain</c>; null for whoever runs the build.</summary>
    public string? User { get; init; }
}
