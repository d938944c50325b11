using Semver;

namespace ContainerHost.Media.Releases;

/// <summary>
/// Something published as one file of a release: its name for people, where it is published, and the file's name, in which
/// <c>{version}</c> stands for the version.
/// </summary>
public sealed record ReleaseComponent(string Name, GitHubRepository Repository, string FilePattern)
{
    /// <summary>The name that the file had in earlier releases; null where it was always the same.</summary>
    public string? EarlierPattern { get; init; }

    /// <summary>containerd for Linux, 64 bit.</summary>
    public static ReleaseComponent ContainerdForLinux { get; } =
        new("containerd", GitHubRepository.Containerd, "containerd-{version}-linux-amd64.tar.gz");

    /// <summary>Kata Containers for Linux, 64 bit, whole; packed by xz up to 3.20.</summary>
    public static ReleaseComponent KataForLinux { get; } =
        new("kata", GitHubRepository.Kata, "kata-static-{version}-amd64.tar.zst")
        {
            EarlierPattern = "kata-static-{version}-amd64.tar.xz",
        };

    /// <summary>nerdctl for Linux, 64 bit.</summary>
    public static ReleaseComponent NerdctlForLinux { get; } =
        new("nerdctl", GitHubRepository.Nerdctl, "nerdctl-{version}-linux-amd64.tar.gz");

    /// <summary>containerd for Windows, 64 bit, with the shim that runs containers by the Host Compute Service.</summary>
    public static ReleaseComponent ContainerdForWindows { get; } =
        new("containerd", GitHubRepository.Containerd, "containerd-{version}-windows-amd64.tar.gz");

    /// <summary>nerdctl for Windows, 64 bit.</summary>
    public static ReleaseComponent NerdctlForWindows { get; } =
        new("nerdctl", GitHubRepository.Nerdctl, "nerdctl-{version}-windows-amd64.tar.gz");

    /// <summary>The OpenSSH server for Windows, 64 bit.</summary>
    public static ReleaseComponent OpenSshForWindows { get; } =
        new("openssh", GitHubRepository.OpenSsh, "OpenSSH-Win64.zip");

    /// <summary>BuildKit for Windows, 64 bit, which builds images.</summary>
    public static ReleaseComponent BuildKitForWindows { get; } =
        new("buildkit", GitHubRepository.BuildKit, "buildkit-v{version}.windows-amd64.tar.gz");

    /// <summary>The CNI plugins for Windows, 64 bit.</summary>
    public static ReleaseComponent WindowsCni { get; } =
        new(
            "windows-container-networking",
            GitHubRepository.WindowsNetworking,
            "windows-container-networking-cni-amd64-v{version}.zip"
        );

    /// <summary>The names that the file may have in the release of that version, the likeliest first.</summary>
    public IReadOnlyList<string> FilesOf(SemVersion version) =>
        [
            .. new[] { FilePattern, EarlierPattern }
                .OfType<string>()
                .Select(pattern => pattern.Replace("{version}", version.ToString(), StringComparison.Ordinal)),
        ];
}
