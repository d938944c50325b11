using ContainerHost.Waiting;

namespace ContainerHost.Specification;

/// <summary>
/// What guests of one kind have in common, as facts. What is done differently for them is one type of behaviour, chosen by the family in
/// one place (<c>Hosts/GuestKinds</c>); nothing else asks which family a guest is of.
/// </summary>
internal sealed record GuestFamily
{
    private GuestFamily() { }

    public static GuestFamily Debian { get; } =
        new()
        {
            Name = "Debian",
            User = "admin",
            Memory = ByteSize.FromGiB(2),
            LeastMemory = Limits.LeastMemory,
            Disk = ByteSize.FromGiB(20),
            LeastDisk = Limits.LeastDisk,
            // An image and packages.
            Cache = ByteSize.FromGiB(3),
            BootLimit = TimeLimits.DebianBoot,
            SecureBoot = SecureBootTemplate.MicrosoftUefiCertificateAuthority,
            ContainerSystem = "linux",
            AnswersProbes = true,
            KnowsVirtio = true,
            ChoosesVmIsolation = true,
            CanBeCloned = true,
        };

    /// <summary>Windows Server, by Microsoft's "Hardware requirements for Windows Server"; set-up and nested Hyper-V need 2 GiB of memory.</summary>
    public static GuestFamily WindowsServer { get; } =
        new()
        {
            Name = "WindowsServer",
            User = "Administrator",
            Memory = ByteSize.FromGiB(4),
            LeastMemory = ByteSize.FromGiB(2),
            Disk = ByteSize.FromGiB(40),
            LeastDisk = ByteSize.FromGiB(32),
            // The largest installation medium of the catalogue and releases.
            Cache = ByteSize.FromGiB(8),
            BootLimit = TimeLimits.WindowsBoot,
            SecureBoot = SecureBootTemplate.MicrosoftWindows,
            ContainerSystem = "windows",
            NeedsUefi = true,
            UsesHyperVInterface = true,
            DemandsComplexPasswords = true,
            AnswersAreSecret = true,
            Settings = new WindowsSpec(),
        };

    public static IReadOnlyList<GuestFamily> All { get; } = [Debian, WindowsServer];

    public required string Name { get; init; }

    /// <summary>Who logs in.</summary>
    public required string User { get; init; }

    /// <summary>What a host has by default, and the least that the family runs in.</summary>
    public required ByteSize Memory { get; init; }
    public required ByteSize LeastMemory { get; init; }
    public required ByteSize Disk { get; init; }
    public required ByteSize LeastDisk { get; init; }

    /// <summary>The room that its media and packages take in the cache.</summary>
    public required ByteSize Cache { get; init; }

    /// <summary>How long a boot may take on bare hardware; the hypervisor says how much slower it may be.</summary>
    public required TimeSpan BootLimit { get; init; }

    public required SecureBootTemplate SecureBoot { get; init; }

    /// <summary>The operating system of the images that it runs, as OCI names it.</summary>
    public required string ContainerSystem { get; init; }

    /// <summary>True when a server in a container of it can be asked.</summary>
    public bool AnswersProbes { get; init; }

    /// <summary>True when it starts by UEFI only, on QEMU too.</summary>
    public bool NeedsUefi { get; init; }

    /// <summary>True when it has drivers of virtio by itself.</summary>
    public bool KnowsVirtio { get; init; }

    /// <summary>True when it keeps better time with the help of Hyper-V's own interface, which KVM has too.</summary>
    public bool UsesHyperVInterface { get; init; }

    /// <summary>True when it refuses simple passwords (<see cref="PasswordRules"/>).</summary>
    public bool DemandsComplexPasswords { get; init; }

    /// <summary>True when its answer medium has secrets that it needs once only: it is taken out after set-up.</summary>
    public bool AnswersAreSecret { get; init; }

    /// <summary>True when a copy of it can be stripped of its identity, and a clone be given another.</summary>
    public bool CanBeCloned { get; init; }

    /// <summary>True when <c>--vm-isolation</c> says what gives its containers VMs of their own.</summary>
    public bool ChoosesVmIsolation { get; init; }

    /// <summary>Settings that only it has, as they are by default; null where it has none.</summary>
    public WindowsSpec? Settings { get; init; }

    public override string ToString() => Name;
}
