namespace ContainerHost.Specification;

/// <summary>Reads what of a request concerns Windows Server guests, and gathers its problems.</summary>
internal sealed class WindowsRequestReader(HostRequest request, List<string> problems)
{
    // Since version 1709 (2017) Nano Server is published as a container image only.
    private const string NanoServer = "NanoServer";

    public WindowsSpec? Read(Guest guest, Provider provider, string? diskImage, WindowsSpec? existing)
    {
        if (guest.Family != GuestFamily.WindowsServer)
        {
            RefuseAll();
            return null;
        }
        var had = existing ?? new WindowsSpec();
        var spec = new WindowsSpec
        {
            Edition = ReadEdition(had.Edition),
            Iso = request.Iso is null ? had.Iso : PathOrUrl.Absolute(request.Iso),
            IsoSha256 = request.IsoSha256?.ToLowerInvariant() ?? had.IsoSha256,
            Catalog = request.Catalog is null ? had.Catalog : Path.GetFullPath(request.Catalog),
            Installation = EnumReader.Read("--installation", request.Installation, had.Installation, problems),
            Devices = EnumReader.Read("--devices", request.Devices, had.Devices, problems),
            VirtioDrivers = request.VirtioDrivers is null
                ? had.VirtioDrivers
                : PathOrUrl.Absolute(request.VirtioDrivers),
            VirtioDriversSha256 = request.VirtioDriversSha256?.ToLowerInvariant() ?? had.VirtioDriversSha256,
            OpenSsh = EnumReader.Read("--openssh", request.OpenSsh, had.OpenSsh, problems),
            OpenSshPackage = request.OpenSshPackage is null
                ? had.OpenSshPackage
                : PathOrUrl.Absolute(request.OpenSshPackage),
            OpenSshPackageSha256 = request.OpenSshPackageSha256?.ToLowerInvariant() ?? had.OpenSshPackageSha256,
            Shell = EnumReader.Read("--guest-shell", request.GuestShell, had.Shell, problems),
            ContainerSubnet = ReadSubnet(had.ContainerSubnet),
            DockerArchive = request.DockerArchive is null
                ? had.DockerArchive
                : PathOrUrl.Absolute(request.DockerArchive),
            DockerArchiveSha256 = request.DockerArchiveSha256?.ToLowerInvariant() ?? had.DockerArchiveSha256,
            BaseImage = request.BaseImage is null ? had.BaseImage : Path.GetFullPath(request.BaseImage),
            LicenseAccepted = request.AcceptLicense || had.LicenseAccepted,
        };
        if (diskImage is null)
            CheckMedium(spec, guest);
        else if (spec.Iso is not null)
            problems.Add("--iso and --disk-image exclude each other: a host is made from one of them.");
        if (spec.Installation == WindowsInstallation.Apply)
            CheckApply(provider, diskImage);
        CheckDevices(spec, provider, diskImage);
        CheckOpenSsh(spec, guest, diskImage);
        PathOrUrl.Check("--docker-archive", spec.DockerArchive, spec.DockerArchiveSha256, problems);
        if (spec.BaseImage is { } archive && !File.Exists(archive))
            problems.Add(
                $"--base-image '{archive}' is not valid. Allowed: an existing archive of an image; there is no such file."
            );
        if (diskImage is not null && request.AnswerFile is not null)
            problems.Add(
                "--answer-file is for set-up, and a --disk-image of Windows is set up already; configure it by cloudbase-init."
            );
        return spec;
    }

    private ContainerSubnet ReadSubnet(ContainerSubnet fallback)
    {
        if (request.ContainerSubnet is null)
            return fallback;
        if (ContainerSubnet.TryParse(request.ContainerSubnet, out var subnet))
            return subnet!;
        problems.Add(
            $"--container-subnet '{request.ContainerSubnet}' is not valid. Allowed: a private IPv4 network of 8 to 29 bits, like 172.16.0.0/24."
        );
        return fallback;
    }

    private void RefuseAll()
    {
        (string Name, string? Value)[] given =
        [
            ("--edition", request.Edition),
            ("--iso", request.Iso),
            ("--iso-sha256", request.IsoSha256),
            ("--installation", request.Installation),
            ("--devices", request.Devices),
            ("--virtio-drivers", request.VirtioDrivers),
            ("--virtio-drivers-sha256", request.VirtioDriversSha256),
            ("--openssh", request.OpenSsh),
            ("--openssh-package", request.OpenSshPackage),
            ("--openssh-package-sha256", request.OpenSshPackageSha256),
            ("--guest-shell", request.GuestShell),
            ("--container-subnet", request.ContainerSubnet),
            ("--docker-archive", request.DockerArchive),
            ("--docker-archive-sha256", request.DockerArchiveSha256),
            ("--base-image", request.BaseImage),
        ];
        problems.AddRange(
            given
                .Where(one => one.Value is not null)
                .Select(one => $"{one.Name} needs a Windows guest, such as --guest windows-server-2022.")
        );
    }

    private WindowsEdition ReadEdition(WindowsEdition fallback)
    {
        if (!string.Equals(request.Edition, NanoServer, StringComparison.OrdinalIgnoreCase))
            return EnumReader.Read("--edition", request.Edition, fallback, problems);
        problems.Add(
            $"--edition {NanoServer} cannot be installed: Nano Server is a container image today. Install {fallback} and run nanoserver containers on it."
        );
        return fallback;
    }

    private void CheckApply(Provider provider, string? diskImage)
    {
        if (provider != Provider.HyperV)
            problems.Add(
                "--installation Apply needs Hyper-V: Windows' own DISM, bcdboot and New-VHD make the disk. Use --installation Setup."
            );
        if (diskImage is not null)
            problems.Add("--installation Apply and --disk-image exclude each other: the image is applied already.");
    }

    private void CheckDevices(WindowsSpec spec, Provider provider, string? diskImage)
    {
        PathOrUrl.Check("--virtio-drivers", spec.VirtioDrivers, spec.VirtioDriversSha256, problems);
        if (spec.Devices == DeviceModel.Inbox)
        {
            if (spec.VirtioDrivers is not null)
                problems.Add("--virtio-drivers needs --devices Virtio.");
            return;
        }
        if (provider != Provider.Qemu)
            problems.Add("--devices Virtio needs QEMU: Hyper-V has devices of its own, which Windows knows.");
        if (diskImage is null && spec.VirtioDrivers is null)
            problems.Add(
                "--devices Virtio needs --virtio-drivers: Windows' set-up does not see such a disk without. Fedora's virtio-win.iso has them."
            );
        if (diskImage is not null && spec.VirtioDrivers is not null)
            problems.Add("--virtio-drivers is for set-up; a --disk-image must have the drivers already.");
    }

    private void CheckOpenSsh(WindowsSpec spec, Guest guest, string? diskImage)
    {
        PathOrUrl.Check("--openssh-package", spec.OpenSshPackage, spec.OpenSshPackageSha256, problems);
        var isUsed =
            spec.OpenSsh == OpenSshSource.Capability
            || (
                spec.OpenSsh == OpenSshSource.Auto
                && diskImage is null
                && guest.Id is not ("windows-server-2016" or "windows-server-2025")
            );
        if (spec.OpenSshPackage is not null && !isUsed)
            problems.Add("--openssh-package needs --openssh Capability; it would not be used here.");
    }

    private void CheckMedium(WindowsSpec spec, Guest guest)
    {
        PathOrUrl.Check("--iso", spec.Iso, spec.IsoSha256, problems);
        if (spec.LicenseAccepted)
            return;
        var unread = new List<string>();
        var medium = MediaCatalog.Read(spec.Catalog, unread).Find(guest.Id);
        problems.Add(
            $"{guest.Title} has licence terms{(medium is null ? "" : $": {medium.Terms}")}. Read them; --accept-license says that you accept them."
        );
    }
}
