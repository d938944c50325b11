namespace ContainerHost.Specification;

/// <summary>How Windows Server comes from its medium onto a disk, as <c>--installation</c> takes it.</summary>
internal enum WindowsInstallation
{
    /// <summary>Windows' own set-up, started from the medium in each machine.</summary>
    Setup,

    /// <summary>The image is applied once to a base disk by DISM on this machine; each host is a differencing disk on it.</summary>
    Apply,
}
