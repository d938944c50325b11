namespace ContainerHost.Specification;

/// <summary>An edition of Windows Server, as <c>--edition</c> takes it: with a desktop, or without ("Core").</summary>
internal enum WindowsEdition
{
    ServerDatacenterCore,
    ServerDatacenter,

    /// <summary>Two VM-isolated containers by its licence.</summary>
    ServerStandardCore,
    ServerStandard,
}
