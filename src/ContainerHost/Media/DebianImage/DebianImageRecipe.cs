using ContainerHost.Files;

namespace ContainerHost.Media.DebianImage;

/// <summary>Everything that a Debian image is made of; the same recipe makes the same image, as far as mmdebstrap is reproducible.</summary>
internal sealed record DebianImageRecipe(string Release, IReadOnlyList<AptSource> Sources, string IndexDigest)
{
    /// <summary>What is installed beside the system; null for nothing.</summary>
    public ImageSoftware? Software { get; init; }

    /// <summary>What the guest needs to start, to be set up and to be reached.</summary>
    public static readonly IReadOnlyList<string> Packages =
    [
        "linux-image-cloud-amd64",
        "initramfs-tools",
        "zstd",
        "systemd-sysv",
        "dbus",
        "udev",
        "kmod",
        "iproute2",
        "openssh-server",
        "sudo",
        "cloud-init",
        "cloud-guest-utils",
        "e2fsprogs",
        "ca-certificates",
        "python3",
        "systemd-resolved",
        "netbase",
        "iputils-ping",
        "less",
        "procps",
        // The other end of rsync from here.
        "rsync",
        // What cloud-init's modules locale and keyboard need.
        "locales",
        "console-setup",
    ];

    /// <summary>The image's size in MiB before the guest grows it; with Docker and QEMU it takes about 1300.</summary>
    public const int DiskMiB = 2304;

    // Fixed, so that the same inputs make the same bytes.
    public const string DiskUuid = "6f0ac6ca-4e5f-4f2f-9d5e-9f1b6c3b1a01";
    public const string Epoch = "1767225600";

    public static string CustomizeHook { get; } = Resource("customize.sh");

    public static string InstallHook { get; } = Resource("install-software.sh");

    public static string MakeDisk { get; } = Resource("make-disk.sh");

    public string SourcesList => string.Join('\n', Sources) + "\n";

    /// <summary>A short hash of what is the same on every machine and every day: all but the release, the sources and what they have.</summary>
    public static string OwnFingerprint { get; } = Specification.Fingerprint.OfText(string.Join('\0', Own));

    private static IReadOnlyList<string> Own =>
        [.. Packages, $"{DiskMiB}", DiskUuid, Epoch, CustomizeHook, InstallHook, MakeDisk];

    /// <summary>A short hash of all inputs.</summary>
    public string Fingerprint
    {
        get
        {
            string[] inputs =
            [
                Release,
                SourcesList,
                .. Own,
                IndexDigest,
                .. Software is { } software ? [.. software.Packages, software.Resolver] : Array.Empty<string>(),
            ];
            return Specification.Fingerprint.OfText(string.Join('\0', inputs));
        }
    }

    /// <summary>The recipe by this machine's own apt configuration and the archive's indexes.</summary>
    public static async Task<DebianImageRecipe> FromMachineAsync(
        string release,
        ImageSoftware? software,
        AptIndexes indexes,
        CancellationToken cancellationToken
    )
    {
        var sources = AptSources.Of(release, "/etc/apt", AptIndexes.OfMachine);
        return new DebianImageRecipe(release, sources, await indexes.DigestAsync(sources, cancellationToken))
        {
            Software = software,
        };
    }

    private static string Resource(string name) => EmbeddedText.Load($"Media.DebianImage.{name}");
}
