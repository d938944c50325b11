namespace ContainerHost.Specification;

/// <summary>What gives a Debian guest's containers a VM of their own, as <c>--vm-isolation</c> takes it.</summary>
internal enum VmIsolationKind
{
    /// <summary>A micro VM from Debian's own packages.</summary>
    MicroVm,

    /// <summary>Kata Containers, from its maker's release.</summary>
    Kata,
}
