using ContainerHost.Media;

namespace ContainerHost.Machines;

/// <summary>What a hypervisor can do here, as data to ask before any side effect.</summary>
internal sealed record HypervisorFeatures
{
    /// <summary>The hypervisor with its version, such as "QEMU 7.2.22".</summary>
    public required string Name { get; init; }

    /// <summary>What executes guest code, such as "kvm" or "tcg", proved by a guest that started.</summary>
    public required string Accelerator { get; init; }

    /// <summary>Why that accelerator and not a faster one, in a sentence for people.</summary>
    public required string AcceleratorReason { get; init; }

    public required bool NestedVirtualization { get; init; }

    /// <summary>Why guests can or cannot have virtualisation of their own.</summary>
    public required string NestedReason { get; init; }

    /// <summary>How much slower than bare hardware waits should allow for: 1 with hardware virtualisation, 10 under emulation.</summary>
    public required double Patience { get; init; }

    /// <summary>The hypervisor's own folder for disks, where it has one and it is on this machine.</summary>
    public string? DiskFolder { get; init; }

    /// <summary>The only format of disks that machines start from; null where any does.</summary>
    public DiskFormat? DiskFormat { get; init; }

    /// <summary>True when machines start by UEFI only; false by default.</summary>
    public bool NeedsUefi { get; init; }

    /// <summary>Debian packages without which a guest cannot be seen by its hypervisor; none by default.</summary>
    public IReadOnlyList<string> GuestPackages { get; init; } = [];
}
