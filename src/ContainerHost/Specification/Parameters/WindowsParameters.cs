namespace ContainerHost.Specification.Parameters;

/// <summary>The parameters of Windows Server guests.</summary>
internal static class WindowsParameters
{
    // Since version 1709 (2017) Nano Server is published as a container image only.
    private const string NanoServer = "NanoServer";

    private const string Languages = "the medium's language's";

    private static readonly Rows<WindowsSpec> Windows = new(
        Audience.Windows,
        spec => spec.Windows,
        part => part with { },
        (spec, part) => spec with { Windows = part }
    );

    public static IReadOnlyList<Parameter> All { get; } =
    [
        Edition(),
        .. Windows.Given(
            "iso",
            "Installation medium of Windows Server, path or URL",
            one => one.Iso,
            one => one.IsoSha256,
            otherwise: "the catalogue's"
        ),
        Windows.Choice(
            "installation",
            "How Windows Server comes onto the disk: Apply makes one base disk for all hosts, on Hyper-V",
            one => one.Installation,
            Change.MakeAnew
        ),
        Windows.Of(
            "accept-license",
            "Says that you accept the licence terms of the installation medium",
            one => one.LicenseAccepted,
            Change.InPlace,
            "asked for on a terminal",
            (string _, out bool accepted) => accepted = true
        ) with
        {
            IsFlag = true,
            IsIgnoredElsewhere = true,
        },
        Windows.Choice(
            "devices",
            "Disk and network adapter of a Windows guest on QEMU: Virtio needs drivers",
            one => one.Devices,
            Change.MakeAnew
        ),
        .. Windows.Given(
            "virtio-drivers",
            "Medium of virtio drivers for Windows' set-up, path or URL, such as Fedora's virtio-win.iso",
            one => one.VirtioDrivers,
            one => one.VirtioDriversSha256
        ),
        Windows.Choice(
            "openssh",
            "Where a Windows guest's OpenSSH comes from: Auto is by its version",
            one => one.OpenSsh,
            Change.MakeAnew
        ),
        .. Windows.Given(
            "openssh-package",
            "Windows' own package of OpenSSH's server (.cab), path or URL, for a guest without Windows Update",
            one => one.OpenSshPackage,
            one => one.OpenSshPackageSha256
        ),
        Windows.Of<string?>(
            "time-zone",
            "Time zone of a Windows guest",
            one => one.TimeZone,
            Change.MakeAnew,
            WindowsTexts.TimeZone,
            (string text, out string? zone) => WindowsTexts.IsTimeZone(zone = text),
            "UTC"
        ) with
        {
            None = "UTC",
        },
        Windows.Of<string?>(
            "keyboard",
            "Keyboard of a Windows guest",
            one => one.Keyboard,
            Change.MakeAnew,
            WindowsTexts.Keyboard,
            (string text, out string? keyboard) => WindowsTexts.IsKeyboard(keyboard = text),
            Languages
        ) with
        {
            None = Languages,
        },
        ProductKey(),
        Windows.Choice(
            "guest-shell",
            "How a Windows guest is talked to: Direct needs no network in it",
            one => one.Shell,
            Change.InPlace
        ),
        Windows.Of<ContainerSubnet?>(
            "container-subnet",
            "Network of containers on Windows",
            one => one.ContainerSubnet,
            Change.InstallAgain,
            "a private IPv4 network of 8 to 29 bits, like 172.16.0.0/24",
            ContainerSubnet.TryParse,
            $"{ContainerSubnet.Default}"
        ),
        .. Windows.Given(
            "docker-archive",
            "Archive of Docker Engine for Windows, path or URL",
            one => one.DockerArchive,
            one => one.DockerArchiveSha256,
            otherwise: "one that is known by its digest",
            allowed: "named like docker-29.8.1.zip it tells its version",
            digestChange: Change.InstallAgain
        ),
        Windows.File(
            "base-image",
            "Archive of a base image for containers on Windows",
            one => one.BaseImage,
            Change.InstallAgain,
            "an existing archive of an image",
            "Microsoft's nanoserver"
        ),
    ];

    private static Parameter Edition()
    {
        var edition = Windows.Choice("edition", "Edition of Windows Server", one => one.Edition, Change.MakeAnew);
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

    // A secret: what is wrong with it is told without it, and a hash of it says whether it is another one.
    private static Parameter ProductKey()
    {
        var row = Windows.Of<string?>(
            "product-key",
            "Product key of Windows, for media that are not for evaluation; never kept",
            one => one.ProductKeyDigest,
            Change.MakeAnew,
            $"{WindowsTexts.ProductKey}; best set as NUKE_PRODUCT_KEY",
            (string key, out string? digest) => (digest = Fingerprint.OfText(key.ToUpperInvariant())) is not null
        );
        return row with
        {
            IsSecret = true,
            Read = (spec, key, problems) =>
            {
                if (WindowsTexts.IsProductKey(key))
                    return row.Read!(spec, key, problems);
                problems.Add($"--product-key must be {WindowsTexts.ProductKey}.");
                return spec;
            },
        };
    }
}
