namespace ContainerHost.Specification;

/// <summary>What a guest reaches by its own network.</summary>
internal enum GuestNetwork
{
    /// <summary>What this machine reaches, or what the virtual switch leads to.</summary>
    Open,

    /// <summary>Nothing; what is installed comes through this machine, over the connection that drives the guest.</summary>
    Restricted,
}
