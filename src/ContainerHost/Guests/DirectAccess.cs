namespace ContainerHost.Guests;

/// <summary>A guest of this machine's own Hyper-V, reached without a network: its machine's id, and the password that PowerShell Direct logs in with.</summary>
public sealed record DirectAccess(Guid MachineId, string Password)
{
    /// <summary>The id alone: the rest is a secret.</summary>
    public override string ToString() => $"{MachineId}";
}
