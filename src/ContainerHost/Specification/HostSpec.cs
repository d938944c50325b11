using System.Text.Json.Serialization;

namespace ContainerHost.Specification;

/// <summary>What the user asks for, valid by construction: made by <see cref="HostRequest"/>, varied with <c>with</c>.</summary>
internal sealed record HostSpec
{
    /// <summary>The host's name; also the guest's host name.</summary>
    public required HostName Name { get; init; }

    /// <summary>The hypervisor; never <see cref="Provider.Auto"/>.</summary>
    public Provider Provider { get; init; } = Provider.Qemu;

    public Guest Guest { get; init; } = ProviderFacts.Of(Provider.Qemu).DefaultGuest;

    public int Cpus { get; init; } = 2;
    public ByteSize Memory { get; init; } = ByteSize.FromGiB(2);

    /// <summary>The disk as the guest sees it; sparse, so it takes only what is written.</summary>
    public ByteSize DiskSize { get; init; } = ByteSize.FromGiB(20);

    /// <summary>A disk of its own for a Linux host's data, as the guest sees it; sparse; null for none.</summary>
    public ByteSize? DataDisk { get; init; }

    /// <summary>What the guest reaches by its own network; <see cref="GuestNetwork.Restricted"/> on QEMU only, where the network is ours.</summary>
    public GuestNetwork Network { get; init; }

    /// <summary>The network between hosts that it is on, with its address there; null for none.</summary>
    public PrivateNetwork? PrivateNetwork { get; init; }

    /// <summary>The ports of this machine that lead to the guest; null for none but that of its SSH server.</summary>
    public PortForwards? Forward { get; init; }

    /// <summary>The folders of this machine that the guest has; null for none.</summary>
    public FolderMounts? Mount { get; init; }

    /// <summary>A PEM file of authorities that are trusted here and in the guest beside its own, as this run was given it; null for none.</summary>
    [JsonIgnore]
    public string? CaFile { get; init; }

    /// <summary>The short hash of the file of authorities that the guest was last given; null for none.</summary>
    public string? CaFileDigest { get; init; }

    /// <summary>The address of a proxy that the guest, its runtimes and their containers are told of; null for none.</summary>
    public string? GuestProxy { get; init; }

    public Isolation Isolation { get; init; } = Isolation.Both;
    public VmIsolationKind VmIsolation { get; init; } = VmIsolationKind.MicroVm;
    public RuntimeKind Runtime { get; init; } = RuntimeKind.Containerd;

    /// <summary>The version of the runtime's own release to install; null for the distribution's package.</summary>
    public VersionWish? RuntimeVersion { get; init; }

    /// <summary>A ready disk image, path or URL, used instead of the guest's own medium; null for the latter.</summary>
    public string? DiskImage { get; init; }

    /// <summary>The SHA-256 that <see cref="DiskImage"/> must have, in lower-case hex; required for a URL, optional for a path.</summary>
    public string? DiskImageSha256 { get; init; }

    /// <summary>A catalogue of the user's own, which adds to ours or takes its place entry by entry; null for ours alone.</summary>
    public string? Catalog { get; init; }

    /// <summary>A file of the user's own: data for cloud-init, or an answer file of Windows, beside ours; null for none.</summary>
    public string? AnswerFile { get; init; }

    /// <summary>The short hash of what was read from <see cref="AnswerFile"/>, which may be gone since; null for none.</summary>
    public string? AnswerFileDigest { get; init; }

    /// <summary>The user's own checks, which Verify runs last, in this order; null for none.</summary>
    public IReadOnlyList<OwnCheck>? OwnChecks { get; init; }

    /// <summary>What concerns Hyper-V only; null on another hypervisor.</summary>
    public HyperVSpec? HyperV { get; init; }

    /// <summary>What concerns Windows Server guests only; null for another guest.</summary>
    public WindowsSpec? Windows { get; init; }

    /// <summary>A new host with the memory and disk that its guest has by default.</summary>
    public static HostSpec DefaultsFor(HostName name, Guest guest) =>
        new()
        {
            Name = name,
            Guest = guest,
            Memory = guest.Family.Memory,
            DiskSize = guest.Family.Disk,
            Windows = guest.Family.Settings,
        };

    /// <summary>The hypervisor of this platform: Hyper-V on Windows, QEMU elsewhere.</summary>
    public static Provider ProviderHere => OperatingSystem.IsWindows() ? Provider.HyperV : Provider.Qemu;

    /// <summary>True when the guest must expose virtualisation.</summary>
    public bool NeedsNested => Isolation != Isolation.Process && Runtime != RuntimeKind.None;

    /// <summary>The most that its disks may take.</summary>
    internal ByteSize AllDisks => new(DiskSize.Bytes + (DataDisk?.Bytes ?? 0));

    /// <summary>What hosts have in common whose steps take about the same time on one machine.</summary>
    internal string Kind => $"{Guest.Id} {Provider} {Runtime} {Isolation} {VmIsolation}";
}
