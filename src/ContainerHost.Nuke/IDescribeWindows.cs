namespace ContainerHost.Targets;

/// <summary>The parameters of Windows Server guests.</summary>
public interface IDescribeWindows : IDescribeHosts
{
    [HostParameter]
    string? Edition => TryGetValue(() => Edition);

    [HostParameter]
    string? Iso => TryGetValue(() => Iso);

    [HostParameter]
    string? IsoSha256 => TryGetValue(() => IsoSha256);

    [HostParameter]
    string? Installation => TryGetValue(() => Installation);

    [HostParameter]
    bool AcceptLicense => TryGetValue<bool?>(() => AcceptLicense) ?? false;

    [HostParameter]
    string? Devices => TryGetValue(() => Devices);

    [HostParameter]
    string? VirtioDrivers => TryGetValue(() => VirtioDrivers);

    [HostParameter]
    string? VirtioDriversSha256 => TryGetValue(() => VirtioDriversSha256);

    [HostParameter]
    string? Openssh => TryGetValue(() => Openssh);

    [HostParameter]
    string? OpensshPackage => TryGetValue(() => OpensshPackage);

    [HostParameter]
    string? OpensshPackageSha256 => TryGetValue(() => OpensshPackageSha256);

    [HostParameter]
    string? TimeZone => TryGetValue(() => TimeZone);

    [HostParameter]
    string? Keyboard => TryGetValue(() => Keyboard);

    [HostParameter, Secret]
    string? ProductKey => TryGetValue(() => ProductKey);

    [HostParameter]
    string? GuestShell => TryGetValue(() => GuestShell);

    [HostParameter]
    string? ContainerSubnet => TryGetValue(() => ContainerSubnet);

    [HostParameter]
    string? DockerArchive => TryGetValue(() => DockerArchive);

    [HostParameter]
    string? DockerArchiveSha256 => TryGetValue(() => DockerArchiveSha256);

    [HostParameter]
    string? BaseImage => TryGetValue(() => BaseImage);
}
