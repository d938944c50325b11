using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>A host in the list that the target Status prints; what is not known is null.</summary>
public sealed record HostOverview
{
    /// <summary>The host's name.</summary>
    public required HostName Name { get; init; }

    /// <summary>What state it is in.</summary>
    public required HostCondition State { get; init; }

    /// <summary>The guest's id, as <c>--guest</c> takes it.</summary>
    public string? Guest { get; init; }

    /// <summary>The guest's IPv4 address as the guest saw it last.</summary>
    public string? Address { get; init; }

    /// <summary>Where the guest's SSH server is reached, as <c>address:port</c>; null while the machine is off.</summary>
    public string? Ssh { get; init; }

    /// <summary>The ports of this machine that lead to the guest while it runs, as <c>--forward</c> takes them; empty for none.</summary>
    public IReadOnlyList<string> Forwards { get; init; } = [];

    /// <summary>The bytes of disk that files of the host's own take: on QEMU what is allocated, on Hyper-V of this machine their length; null where that is not known.</summary>
    public long? DiskBytes { get; init; }

    /// <summary>The bytes of memory that its machine takes of this machine, or of the Hyper-V host; null while it is off, and where that is not known.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>True for one that starts with this machine.</summary>
    public bool Autostart { get; init; }

    /// <summary>The size of its disk for data, like 50GiB; null for none.</summary>
    public string? DataDisk { get; init; }

    /// <summary>The folders of this machine that the guest has while it runs, as <c>--mount</c> takes them; empty for none.</summary>
    public IReadOnlyList<string> Mounts { get; init; } = [];

    /// <summary>When the host was first asked for, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When any run may remove the host, UTC; null for one that is kept for good.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How the last verification ended.</summary>
    public LastVerification? LastVerification { get; init; }

    /// <summary>What is wrong with it, in words; null when nothing is.</summary>
    public string? Problem { get; init; }
}
