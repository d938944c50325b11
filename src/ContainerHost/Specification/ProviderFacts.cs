namespace ContainerHost.Specification;

/// <summary>What is known of a hypervisor before it is asked; one row each.</summary>
internal sealed record ProviderFacts
{
    private static readonly Dictionary<Provider, ProviderFacts> Rows = new()
    {
        [Provider.Qemu] = new()
        {
            DefaultGuest = GuestCatalog.Debian13,
            FreeGuest = GuestCatalog.Debian13,
            StartsKernels = true,
            OwnsNetwork = true,
            HasPrivateNetworks = true,
            HasDeviceModels = true,
        },
        [Provider.HyperV] = new()
        {
            // What the tutorial of 2015 made, Datacenter without a desktop, in the release of today.
            DefaultGuest = GuestCatalog.Find("windows-server-2025")!,
            FreeGuest = GuestCatalog.Debian13Cloud,
            HasPrivateNetworks = true,
            AppliesImages = true,
            ReachesGuestsDirectly = true,
            // "The memory value assigned is not properly aligned" (kubernetes/minikube, #6973 and #17242).
            MemoryUnit = ByteSize.FromMiB(2),
            Settings = new HyperVSpec(),
        },
    };

    private ProviderFacts() { }

    /// <summary>The guest of a host for which none was asked for.</summary>
    public required Guest DefaultGuest { get; init; }

    /// <summary>The guest for those who do not accept the terms of another.</summary>
    public required Guest FreeGuest { get; init; }

    /// <summary>True when it can start a kernel without a boot loader.</summary>
    public bool StartsKernels { get; init; }

    /// <summary>True when it makes the network of its machines, and can leave it without a way out.</summary>
    public bool OwnsNetwork { get; init; }

    /// <summary>True when its machines can have a second adapter, on a network of theirs alone.</summary>
    public bool HasPrivateNetworks { get; init; }

    /// <summary>True when its machines have the devices that <c>--devices</c> chooses from.</summary>
    public bool HasDeviceModels { get; init; }

    /// <summary>True when images of Windows can be applied to its disks.</summary>
    public bool AppliesImages { get; init; }

    /// <summary>True when guests on this machine are reached without a network (PowerShell Direct).</summary>
    public bool ReachesGuestsDirectly { get; init; }

    /// <summary>What a machine's memory is a multiple of; 1 MiB by default.</summary>
    public ByteSize MemoryUnit { get; init; } = ByteSize.FromMiB(1);

    /// <summary>Settings that only it has, as they are by default; null where it has none.</summary>
    public HyperVSpec? Settings { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">It has no row; <see cref="Provider.Auto"/> is none.</exception>
    public static ProviderFacts Of(Provider provider) =>
        Rows.TryGetValue(provider, out var facts)
            ? facts
            : throw new ArgumentOutOfRangeException(nameof(provider), provider, "no hypervisor of that name is known");
}
