namespace ContainerHost.Media.Releases;

/// <summary>A repository on GitHub that publishes what we install.</summary>
public sealed record GitHubRepository(string Owner, string Name)
{
    /// <summary>containerd itself, with <c>ctr</c> and on Windows its shim.</summary>
    public static GitHubRepository Containerd { get; } = new("containerd", "containerd");

    /// <summary>containerd's client for people.</summary>
    public static GitHubRepository Nerdctl { get; } = new("containerd", "nerdctl");

    /// <summary>Kata Containers, which gives containers VMs of their own.</summary>
    public static GitHubRepository Kata { get; } = new("kata-containers", "kata-containers");

    /// <summary>BuildKit, which builds images from Dockerfiles.</summary>
    public static GitHubRepository BuildKit { get; } = new("moby", "buildkit");

    /// <summary>The CNI plugins of Windows (<c>nat</c>).</summary>
    public static GitHubRepository WindowsNetworking { get; } = new("microsoft", "windows-container-networking");

    /// <summary>OpenSSH for Windows Server 2016, which has none of its own.</summary>
    public static GitHubRepository OpenSsh { get; } = new("PowerShell", "Win32-OpenSSH");

    /// <summary>As <c>owner/name</c>.</summary>
    public override string ToString() => $"{Owner}/{Name}";
}
