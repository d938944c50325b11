using ContainerHost.Specification;

/// <summary>The parameters of Windows Server guests.</summary>
public interface IDescribeWindows : IDescribeHosts
{
    [Parameter("Edition of Windows Server - default is ServerDatacenterCore", ValueProviderMember = nameof(Editions))]
    string? Edition => TryGetValue(() => Edition);

    [Parameter("Installation medium of Windows Server, path or URL - default is the catalogue's")]
    string? Iso => TryGetValue(() => Iso);

    [Parameter("SHA-256 that the installation medium must have; required for a URL")]
    string? IsoSha256 => TryGetValue(() => IsoSha256);

    [Parameter(
        "How Windows Server comes onto the disk: Apply makes one base disk for all hosts, on Hyper-V - default is Setup",
        ValueProviderMember = nameof(Installations)
    )]
    string? Installation => TryGetValue(() => Installation);

    [Parameter("Your own catalogue of installation media, added to ours")]
    string? Catalog => TryGetValue(() => Catalog);

    [Parameter("Says that you accept the licence terms of the installation medium")]
    bool AcceptLicense => TryGetValue<bool?>(() => AcceptLicense) ?? false;

    [Parameter(
        "Disk and network adapter of a Windows guest on QEMU: Virtio is faster and needs drivers - default is Inbox",
        ValueProviderMember = nameof(DeviceModels)
    )]
    string? Devices => TryGetValue(() => Devices);

    [Parameter("Medium of virtio drivers for Windows' set-up, path or URL, such as Fedora's virtio-win.iso")]
    string? VirtioDrivers => TryGetValue(() => VirtioDrivers);

    [Parameter("SHA-256 that the medium of virtio drivers must have; required for a URL")]
    string? VirtioDriversSha256 => TryGetValue(() => VirtioDriversSha256);

    [Parameter(
        "Where a Windows guest's OpenSSH comes from - default is by its version",
        ValueProviderMember = nameof(OpenSshSources)
    )]
    string? Openssh => TryGetValue(() => Openssh);

    [Parameter("Windows' own package of OpenSSH's server (.cab), path or URL, for a guest without Windows Update")]
    string? OpensshPackage => TryGetValue(() => OpensshPackage);

    [Parameter("SHA-256 that the package of OpenSSH's server must have; required for a URL")]
    string? OpensshPackageSha256 => TryGetValue(() => OpensshPackageSha256);

    [Parameter(
        "How a Windows guest is talked to: Direct needs no network in it - default is Ssh",
        ValueProviderMember = nameof(GuestShells)
    )]
    string? GuestShell => TryGetValue(() => GuestShell);

    [Parameter("Network of containers on Windows - default is 172.16.0.0/24")]
    string? ContainerSubnet => TryGetValue(() => ContainerSubnet);

    [Parameter("Archive of Docker Engine for Windows, path or URL - default is one that is known by its digest")]
    string? DockerArchive => TryGetValue(() => DockerArchive);

    [Parameter("SHA-256 that the archive of Docker Engine must have; required for a URL")]
    string? DockerArchiveSha256 => TryGetValue(() => DockerArchiveSha256);

    [Parameter("Archive of a base image for containers on Windows - default is Microsoft's nanoserver")]
    string? BaseImage => TryGetValue(() => BaseImage);

    IEnumerable<string> Editions => Enum.GetNames<WindowsEdition>();

    IEnumerable<string> Installations => Enum.GetNames<WindowsInstallation>();

    IEnumerable<string> DeviceModels => Enum.GetNames<DeviceModel>();

    IEnumerable<string> GuestShells => Enum.GetNames<GuestShellKind>();

    IEnumerable<string> OpenSshSources => Enum.GetNames<OpenSshSource>();
}
