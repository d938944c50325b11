namespace ContainerHost.Media;

/// <summary>The format of a disk image.</summary>
internal enum DiskFormat
{
    /// <summary>Plain blocks.</summary>
    Raw,

    /// <summary>QEMU's copy-on-write format, version 2 or 3.</summary>
    Qcow2,

    /// <summary>Hyper-V's format.</summary>
    Vhdx,
}
