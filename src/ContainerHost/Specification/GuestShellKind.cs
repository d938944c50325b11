namespace ContainerHost.Specification;

/// <summary>How a Windows guest is talked to, as <c>--guest-shell</c> takes it.</summary>
internal enum GuestShellKind
{
    Ssh,

    /// <summary>PowerShell Direct, through Hyper-V on this machine: for a guest without a network.</summary>
    Direct,
}
