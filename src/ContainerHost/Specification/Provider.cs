namespace ContainerHost.Specification;

/// <summary>Which hypervisor the host runs on.</summary>
internal enum Provider
{
    /// <summary>QEMU on Linux, Hyper-V on Windows.</summary>
    Auto,

    /// <summary>QEMU, accelerated by KVM where a probe guest starts, else by TCG.</summary>
    Qemu,

    /// <summary>Hyper-V, on this machine or a remote host; driven from Windows only.</summary>
    HyperV,
}
