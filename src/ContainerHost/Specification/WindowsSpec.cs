namespace ContainerHost.Specification;

/// <summary>What of a host concerns Windows Server guests only.</summary>
internal sealed record WindowsSpec
{
    /// <summary>The edition to install; Datacenter without a desktop by default.</summary>
    public WindowsEdition Edition { get; init; } = WindowsEdition.ServerDatacenterCore;

    /// <summary>An installation medium of the user's own, path or URL; null for the catalogue's.</summary>
    public string? Iso { get; init; }

    /// <summary>The SHA-256 that <see cref="Iso"/> must have, in lower-case hex; required for a URL, optional for a path.</summary>
    public string? IsoSha256 { get; init; }

    /// <summary>A catalogue of the user's own, which adds to ours or takes its place entry by entry; null for ours alone.</summary>
    public string? Catalog { get; init; }

    /// <summary>How Windows comes onto the disk; by its own set-up by default.</summary>
    public WindowsInstallation Installation { get; init; }

    /// <summary>The disk and network adapter on QEMU; what Windows has drivers of by default.</summary>
    public DeviceModel Devices { get; init; }

    /// <summary>A medium of virtio drivers for set-up, path or URL; null where none is needed.</summary>
    public string? VirtioDrivers { get; init; }

    /// <summary>The SHA-256 that <see cref="VirtioDrivers"/> must have, in lower-case hex; required for a URL, optional for a path.</summary>
    public string? VirtioDriversSha256 { get; init; }

    /// <summary>Where the guest's OpenSSH server comes from; by its build by default.</summary>
    public OpenSshSource OpenSsh { get; init; }

    /// <summary>Windows' own package of the OpenSSH server (a .cab of its Features on Demand), path or URL, for a guest without Windows Update; null for none.</summary>
    public string? OpenSshPackage { get; init; }

    /// <summary>The SHA-256 that <see cref="OpenSshPackage"/> must have, in lower-case hex; required for a URL, optional for a path.</summary>
    public string? OpenSshPackageSha256 { get; init; }

    /// <summary>How the guest is talked to; SSH by default.</summary>
    public GuestShellKind Shell { get; init; }

    /// <summary>The network that containers are on; 172.16.0.0/24 by default.</summary>
    public ContainerSubnet ContainerSubnet { get; init; } = ContainerSubnet.Default;

    /// <summary>An archive of Docker Engine of the user's own, path or URL; null for one that is known by digest.</summary>
    public string? DockerArchive { get; init; }

    /// <summary>The SHA-256 that <see cref="DockerArchive"/> must have, in lower-case hex; required for a URL, optional for a path.</summary>
    public string? DockerArchiveSha256 { get; init; }

    /// <summary>An archive of a base image for containers, imported offline; null to pull Microsoft's nanoserver.</summary>
    public string? BaseImage { get; init; }

    /// <summary>True once the user has accepted the medium's licence terms.</summary>
    public bool LicenseAccepted { get; init; }
}
