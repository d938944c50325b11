using Semver;

namespace ContainerHost.Media.Releases;

/// <summary>
/// Something published as one file of a release: its name for people, the repository on GitHub as <c>owner/name</c>, and the file's name, in
/// which <c>{version}</c> stands for the version.
/// </summary>
internal sealed record ReleaseComponent(string Name, string Repository, string FilePattern)
{
    /// <summary>The name that the file had in earlier releases; null where it was always the same.</summary>
    public string? EarlierPattern { get; init; }

    /// <summary>A file of it that is known by its digest, for when its makers' newest release cannot be checked; null for none.</summary>
    public PinnedFile? Pin { get; init; }

    /// <summary>containerd for Linux, 64 bit.</summary>
    public static ReleaseComponent ContainerdForLinux { get; } =
        new("containerd", "containerd/containerd", "containerd-{version}-linux-amd64.tar.gz");

    /// <summary>Kata Containers for Linux, 64 bit, whole; packed by xz up to 3.20.</summary>
    public static ReleaseComponent KataForLinux { get; } =
        new("kata", "kata-containers/kata-containers", "kata-static-{version}-amd64.tar.zst")
        {
            EarlierPattern = "kata-static-{version}-amd64.tar.xz",
        };

    /// <summary>nerdctl for Linux, 64 bit.</summary>
    public static ReleaseComponent NerdctlForLinux { get; } =
        new("nerdctl", "containerd/nerdctl", "nerdctl-{version}-linux-amd64.tar.gz");

    /// <summary>containerd for Windows, 64 bit, with the shim that runs containers by the Host Compute Service.</summary>
    public static ReleaseComponent ContainerdForWindows { get; } =
        new("containerd", "containerd/containerd", "containerd-{version}-windows-amd64.tar.gz");

    /// <summary>nerdctl for Windows, 64 bit.</summary>
    public static ReleaseComponent NerdctlForWindows { get; } =
        new("nerdctl", "containerd/nerdctl", "nerdctl-{version}-windows-amd64.tar.gz");

    /// <summary>The OpenSSH server for Windows, 64 bit.</summary>
    public static ReleaseComponent OpenSshForWindows { get; } =
        new("openssh", "PowerShell/Win32-OpenSSH", "OpenSSH-Win64.zip")
        {
            // Its newest releases call themselves previews, and older ones have no digests.
            Pin = new PinnedFile(
                "openssh",
                "10.0.0.0p2-Preview",
                new(
                    "https://github.com/PowerShell/Win32-OpenSSH/releases/download/10.0.0.0p2-Preview/OpenSSH-Win64.zip"
                ),
                "23f50f3458c4c5d0b12217c6a5ddfde0137210a30fa870e98b29827f7b43aba5",
                Size: null
            ),
        };

    /// <summary>BuildKit for Windows, 64 bit, which builds images.</summary>
    public static ReleaseComponent BuildKitForWindows { get; } =
        new("buildkit", "moby/buildkit", "buildkit-v{version}.windows-amd64.tar.gz");

    /// <summary>The CNI plugins for Windows, 64 bit.</summary>
    public static ReleaseComponent WindowsCni { get; } =
        new(
            "windows-container-networking",
            "microsoft/windows-container-networking",
            "windows-container-networking-cni-amd64-v{version}.zip"
        )
        {
            // Its file was replaced on 24 February 2025 (issue 115), and its checksum file once named another (issue 112).
            Pin = new PinnedFile(
                "windows-container-networking",
                "0.3.1",
                new(
                    "https://github.com/microsoft/windows-container-networking/releases/download/v0.3.1/windows-container-networking-cni-amd64-v0.3.1.zip"
                ),
                "4f36ee6905ada238ca2a9e1bfb8a1fb2912c2d88c4b6e5af4c41a42db70d7d68",
                Size: null
            ),
        };

    /// <summary>The names that the file may have in the release of that version, the likeliest first.</summary>
    public IReadOnlyList<string> FilesOf(SemVersion version) =>
        [
            .. new[] { FilePattern, EarlierPattern }
                .OfType<string>()
                .Select(pattern => pattern.Replace("{version}", version.ToString(), StringComparison.Ordinal)),
        ];
}
