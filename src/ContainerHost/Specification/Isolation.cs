namespace ContainerHost.Specification;

/// <summary>Which kinds of container a host must run.</summary>
internal enum Isolation
{
    /// <summary>Containers that share the host's kernel ("Windows Server Containers").</summary>
    Process,

    /// <summary>Containers that run in a virtual machine of their own ("Hyper-V Containers"); needs nested virtualisation.</summary>
    HyperV,
    Both,
}
