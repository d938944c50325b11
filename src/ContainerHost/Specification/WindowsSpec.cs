namespace ContainerHost.Specification;

/// <summary>
/// What of a host concerns Windows Server guests only. A file with a SHA-256 beside it is given by path or URL; the digest is in lower-case
/// hex, required for a URL, optional for a path.
/// </summary>
internal sealed record WindowsSpec
{
    public WindowsEdition Edition { get; init; } = WindowsEdition.ServerDatacenterCore;

    /// <summary>An installation medium of the user's own; null for the catalogue's.</summary>
    public string? Iso { get; init; }
    public string? IsoSha256 { get; init; }

    public WindowsInstallation Installation { get; init; } = WindowsInstallation.Setup;

    /// <summary>The disk and network adapter on QEMU.</summary>
    public DeviceModel Devices { get; init; } = DeviceModel.Inbox;

    /// <summary>A medium of virtio drivers for set-up; null where none is needed.</summary>
    public string? VirtioDrivers { get; init; }
    public string? VirtioDriversSha256 { get; init; }

    public OpenSshSource OpenSsh { get; init; } = OpenSshSource.Auto;

    /// <summary>Windows' own package of the OpenSSH server (a .cab of its Features on Demand), for a guest without Windows Update; null for none.</summary>
    public string? OpenSshPackage { get; init; }
    public string? OpenSshPackageSha256 { get; init; }

    /// <summary>Windows' name of the time zone; null for UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The keyboard as set-up takes it; null for the language's own.</summary>
    public string? Keyboard { get; init; }

    /// <summary>The short hash of the product key, a secret that is not kept; null for none.</summary>
    public string? ProductKeyDigest { get; init; }

    public GuestShellKind Shell { get; init; } = GuestShellKind.Ssh;

    /// <summary>The network that containers are on.</summary>
    public ContainerSubnet ContainerSubnet { get; init; } = ContainerSubnet.Default;

    /// <summary>An archive of Docker Engine of the user's own; null for one that is known by digest.</summary>
    public string? DockerArchive { get; init; }
    public string? DockerArchiveSha256 { get; init; }

    /// <summary>An archive of a base image for containers, imported offline; null to pull Microsoft's nanoserver.</summary>
    public string? BaseImage { get; init; }

    /// <summary>True once the user has accepted the medium's licence terms.</summary>
    public bool LicenseAccepted { get; init; }
}
