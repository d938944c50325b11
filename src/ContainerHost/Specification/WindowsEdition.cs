namespace ContainerHost.Specification;

/// <summary>An edition of Windows Server, as <c>--edition</c> takes it.</summary>
internal enum WindowsEdition
{
    /// <summary>Datacenter without a desktop; the default.</summary>
    ServerDatacenterCore,

    /// <summary>Datacenter with a desktop.</summary>
    ServerDatacenter,

    /// <summary>Standard without a desktop; two VM-isolated containers by its licence.</summary>
    ServerStandardCore,

    /// <summary>Standard with a desktop.</summary>
    ServerStandard,
}
