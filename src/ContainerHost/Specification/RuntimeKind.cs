namespace ContainerHost.Specification;

/// <summary>What runs containers in the guest; with none the host ends as a plain virtual machine.</summary>
internal enum RuntimeKind
{
    Containerd,
    Docker,
    None,
}
