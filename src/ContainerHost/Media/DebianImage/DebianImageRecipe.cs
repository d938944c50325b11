using System.Security.Cryptography;
using ContainerHost.Files;

namespace ContainerHost.Media.DebianImage;

/// <summary>Everything that a Debian image is made of; the same recipe makes the same image, as far as mmdebstrap is reproducible.</summary>
internal sealed record DebianImageRecipe(string Release, IReadOnlyList<AptSource> Sources, string IndexDigest)
{
    /// <summary>What the guest needs to start, to be set up and to be reached; runtimes come later.</summary>
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
    ];

    /// <summary>The image's size in MiB before the guest grows it; the packages take about 700.</summary>
    public const int DiskMiB = 1536;

    // Fixed, so that the same inputs make the same bytes.
    public const string DiskUuid = "6f0ac6ca-4e5f-4f2f-9d5e-9f1b6c3b1a01";
    public const string Epoch = "1767225600";

    public static string CustomizeHook { get; } = Resource("customize.sh");

    public static string MakeDiskHook { get; } = Resource("make-disk.sh");

    public string SourcesList => string.Join('\n', Sources) + "\n";

    /// <summary>A short hash of all inputs.</summary>
    public string Fingerprint
    {
        get
        {
            string[] inputs =
            [
                Release,
                SourcesList,
                .. Packages,
                $"{DiskMiB}",
                DiskUuid,
                Epoch,
                CustomizeHook,
                MakeDiskHook,
                IndexDigest,
            ];
            return Specification.Fingerprint.OfText(string.Join('\0', inputs));
        }
    }

    /// <summary>The recipe by this machine's own apt configuration and package index.</summary>
    public static DebianImageRecipe FromMachine(string release)
    {
        const string indexFolder = "/var/lib/apt/lists";
        var sources = AptSources.Of(release, "/etc/apt", indexFolder);
        var indexes = sources.Select(source => Path.Combine(indexFolder, source.IndexFile)).Where(File.Exists);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var index in indexes)
            hash.AppendData(File.ReadAllBytes(index));
        return new DebianImageRecipe(release, sources, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static string Resource(string name) => EmbeddedText.Load($"Media.DebianImage.{name}");
}
