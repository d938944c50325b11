using ContainerHost.Specification;

namespace ContainerHost.Media;

/// <summary>Which boot media are wanted.</summary>
internal sealed record MediaRequest(HostSpec Spec)
{
    /// <summary>Take the medium kept under this fingerprint even where a new one would differ; null for what the spec gives now.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The only format that the disk may have, as the hypervisor takes it; null for any.</summary>
    public DiskFormat? DiskFormat { get; init; }

    /// <summary>True when the machine starts by UEFI only.</summary>
    public bool NeedsUefi { get; init; }

    /// <summary>What the image has installed beside its system where it is built here; null for nothing.</summary>
    public ImageSoftware? Software { get; init; }

    /// <summary>Folders in which a medium may lie already under its expected name, such as the hypervisor's disk folder.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];
}
