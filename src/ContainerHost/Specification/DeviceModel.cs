namespace ContainerHost.Specification;

/// <summary>The disk and network adapter of a Windows guest on QEMU, as <c>--devices</c> takes them.</summary>
internal enum DeviceModel
{
    /// <summary>What Windows has drivers of: AHCI and Intel's e1000e.</summary>
    Inbox,

    /// <summary>virtio, faster, with drivers that Windows lacks.</summary>
    Virtio,
}
