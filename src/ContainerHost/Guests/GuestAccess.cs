namespace ContainerHost.Guests;

/// <summary>How to log in to a guest.</summary>
internal abstract record GuestAccess(IGuestSystem System)
{
    public string User { get; init; } = System.User;

    /// <summary>Where the guest is reached, for people.</summary>
    public abstract string Place { get; }

    /// <summary>What else a log-in shows, as the end of a sentence; empty for nothing.</summary>
    public virtual string Evidence => "";

    // The rest may have a secret.
    public sealed override string ToString() => Place;
}

/// <summary>By SSH: where, with which key, and the one host key that is accepted.</summary>
internal sealed record SshAccess(
    IGuestSystem System,
    string Address,
    int Port,
    string ClientKeyPath,
    string HostPublicKey
) : GuestAccess(System)
{
    public override string Place => $"{Address}:{Port}";

    public override string Evidence => $"; the server showed the pinned key {HostPublicKey}";
}

/// <summary>Without a network, through this machine's own Hyper-V: by the machine's id, and the password that PowerShell Direct logs in with.</summary>
internal sealed record DirectAccess(IGuestSystem System, Guid MachineId, string Password) : GuestAccess(System)
{
    public override string Place => $"PowerShell Direct to {MachineId}";
}
