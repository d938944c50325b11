namespace ContainerHost.Specification.Parameters;

/// <summary>The parameters of Windows Server guests.</summary>
internal static class WindowsParameters
{
    // Since version 1709 (2017) Nano Server is published as a container image only.
    private const string NanoServer = "NanoServer";

    private static readonly Rows<WindowsSpec> Windows = new(
        Audience.Windows,
        spec => spec.Windows,
        (spec, changed) => spec with { Windows = changed },
        new WindowsSpec()
    );

    public static IReadOnlyList<Parameter> All { get; } = [.. Installation(), .. Devices(), .. Access(), .. Containers()];

    private static IEnumerable<Parameter> Installation() =>
        [
            Edition(),
            .. Windows.Given(
                "iso",
                "Installation medium of Windows Server, path or URL",
                "the installation medium",
                one => one.Iso,
                (one, value) => one with { Iso = value },
                one => one.IsoSha256,
                (one, value) => one with { IsoSha256 = value },
                Change.MakeAnew,
                otherwise: "the catalogue's"
            ),
            Windows.Choice(
                "installation",
                "How Windows Server comes onto the disk: Apply makes one base disk for all hosts, on Hyper-V",
                one => one.Installation,
                (one, value) => one with { Installation = value },
                Change.MakeAnew
            ),
            // Whether the file is there is seen when the guest is looked up in it.
            Windows.Text(
                "catalog",
                "Your own catalogue of installation media, added to ours",
                one => one.Catalog,
                (one, value) => one with { Catalog = Path.GetFullPath(value) },
                Change.InPlace
            ) with
            {
                Allowed = "a file of the form that [schema/catalog.schema.json](schema/catalog.schema.json) describes",
                IsIgnoredElsewhere = true,
            },
            Windows.Text(
                "accept-license",
                "Says that you accept the licence terms of the installation medium",
                one => one.LicenseAccepted ? "accepted" : null,
                (one, _) => one with { LicenseAccepted = true },
                Change.InPlace
            ) with
            {
                Default = null,
                Allowed = "asked for on a terminal",
                IsFlag = true,
                IsIgnoredElsewhere = true,
            },
        ];

    private static IEnumerable<Parameter> Devices() =>
        [
            Windows.Choice(
                "devices",
                "Disk and network adapter of a Windows guest on QEMU: Virtio is faster and needs drivers",
                one => one.Devices,
                (one, value) => one with { Devices = value },
                Change.MakeAnew
            ),
            .. Windows.Given(
                "virtio-drivers",
                "Medium of virtio drivers for Windows' set-up, path or URL, such as Fedora's virtio-win.iso",
                "the medium of virtio drivers",
                one => one.VirtioDrivers,
                (one, value) => one with { VirtioDrivers = value },
                one => one.VirtioDriversSha256,
                (one, value) => one with { VirtioDriversSha256 = value },
                Change.MakeAnew
            ),
        ];

    private static IEnumerable<Parameter> Access() =>
        [
            Windows.Choice(
                "openssh",
                "Where a Windows guest's OpenSSH comes from: Auto is by its version",
                one => one.OpenSsh,
                (one, value) => one with { OpenSsh = value },
                Change.MakeAnew
            ),
            .. Windows.Given(
                "openssh-package",
                "Windows' own package of OpenSSH's server (.cab), path or URL, for a guest without Windows Update",
                "the package of OpenSSH's server",
                one => one.OpenSshPackage,
                (one, value) => one with { OpenSshPackage = value },
                one => one.OpenSshPackageSha256,
                (one, value) => one with { OpenSshPackageSha256 = value },
                Change.MakeAnew
            ),
            Windows.Choice(
                "guest-shell",
                "How a Windows guest is talked to: Direct needs no network in it",
                one => one.Shell,
                (one, value) => one with { Shell = value },
                Change.InPlace
            ),
        ];

    private static IEnumerable<Parameter> Containers() =>
        [
            Windows.Of<ContainerSubnet?>(
                "container-subnet",
                "Network of containers on Windows",
                "a private IPv4 network of 8 to 29 bits, like 172.16.0.0/24",
                ContainerSubnet.TryParse,
                one => one.ContainerSubnet,
                (one, value) => one with { ContainerSubnet = value! },
                Change.InstallAgain
            ) with
            {
                Default = $"{ContainerSubnet.Default}",
            },
            .. Windows.Given(
                "docker-archive",
                "Archive of Docker Engine for Windows, path or URL",
                "the archive of Docker Engine",
                one => one.DockerArchive,
                (one, value) => one with { DockerArchive = value },
                one => one.DockerArchiveSha256,
                (one, value) => one with { DockerArchiveSha256 = value },
                Change.MakeAnew,
                otherwise: "one that is known by its digest",
                digestChange: Change.InstallAgain
            ),
            Windows.File(
                "base-image",
                "Archive of a base image for containers on Windows",
                "an existing archive of an image",
                one => one.BaseImage,
                (one, value) => one with { BaseImage = value },
                Change.InstallAgain
            ) with
            {
                Default = "Microsoft's nanoserver",
            },
        ];

    private static Parameter Edition()
    {
        var edition = Windows.Choice(
            "edition",
            "Edition of Windows Server",
            one => one.Edition,
            (one, value) => one with { Edition = value },
            Change.MakeAnew
        );
        return edition with
        {
            Read = (spec, text, problems) =>
            {
                if (!text.Equals(NanoServer, StringComparison.OrdinalIgnoreCase))
                    return edition.Read!(spec, text, problems);
                problems.Add(
                    $"--edition {NanoServer} cannot be installed: Nano Server is a container image today. Install {spec.Windows!.Edition} and run nanoserver containers on it."
                );
                return spec;
            },
        };
    }
}
