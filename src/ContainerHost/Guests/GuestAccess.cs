using ContainerHost.Specification;

namespace ContainerHost.Guests;

/// <summary>How to log in to a guest: where, as whom, with which key, and the one host key that is accepted.</summary>
public sealed record GuestAccess(string Address, int Port, string User, string ClientKeyPath, string HostPublicKey)
{
    /// <summary>What the guest is, which says how commands are put to it; Debian by default.</summary>
    public GuestFamily Family { get; init; }

    /// <summary>How the guest is reached without a network; null for SSH.</summary>
    public DirectAccess? Direct { get; init; }
}

/// <summary>A guest of this machine's own Hyper-V, reached without a network: its machine's id, and the password that PowerShell Direct logs in with.</summary>
public sealed record DirectAccess(Guid MachineId, string Password)
{
    /// <summary>The id alone: the rest is a secret.</summary>
    public override string ToString() => $"{MachineId}";
}
