namespace ContainerHost.Specification;

/// <summary>What runs containers in the guest.</summary>
internal enum RuntimeKind
{
    /// <summary>containerd; the default.</summary>
    Containerd,

    /// <summary>Docker Engine.</summary>
    Docker,

    /// <summary>None: the host ends as a plain virtual machine.</summary>
    None,
}
