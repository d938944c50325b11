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
        new("openssh", "PowerShell/Win32-OpenSSH", "OpenSSH-Win64.zip");

    /// <summary>BuildKit for Windows, 64 bit, which builds images.</summary>
    public static ReleaseComponent BuildKitForWindows { get; } =
        new("buildkit", "moby/buildkit", "buildkit-v{version}.windows-amd64.tar.gz");

    /// <summary>The CNI plugins for Windows, 64 bit.</summary>
    public static ReleaseComponent WindowsCni { get; } =
        new(
            "windows-container-networking",
            "microsoft/windows-container-networking",
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
