using System.Text.Json.Serialization;
using ContainerHost.Specification;

namespace ContainerHost.Media;

/// <summary>What a machine boots from: a base disk in the cache, digest-checked and never written to, and how to start it.</summary>
public sealed record BootMedia
{
    /// <summary>The base disk's absolute path; null where a system is installed onto an empty disk.</summary>
    public string? DiskPath { get; init; }

    /// <summary>The base disk's format; without one it means nothing.</summary>
    public DiskFormat Format { get; init; }

    /// <summary>The medium that installs the system; null where the base disk has it already.</summary>
    public InstallationMedium? Installation { get; init; }

    /// <summary>The image that was applied to the base disk and sets itself up at a machine's first boot; null for any other disk.</summary>
    public WindowsImage? Applied { get; init; }

    /// <summary>The image of Windows that sets itself up by an answer file in each machine; null where nothing does.</summary>
    [JsonIgnore]
    public WindowsImage? SetsUp => Installation?.Image ?? Applied;

    /// <summary>The SHA-256 of the base disk or the medium in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Where it came from: a URL, a path, or <c>apt:bookworm</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>What the medium depends on, as one short hash; a changed fingerprint makes a changed host.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The family of the system on it.</summary>
    public required GuestFamily Family { get; init; }

    /// <summary>A kernel to boot directly, or null to boot the disk by its own loader.</summary>
    public string? KernelPath { get; init; }

    /// <summary>The initial RAM disk that goes with <see cref="KernelPath"/>.</summary>
    public string? InitrdPath { get; init; }

    /// <summary>The kernel's command line that goes with <see cref="KernelPath"/>, without the console.</summary>
    public string? KernelCommandLine { get; init; }
}
