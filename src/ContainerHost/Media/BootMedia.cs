using System.Text.Json.Serialization;

namespace ContainerHost.Media;

/// <summary>What a machine boots from; digest-checked, and never written to.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BaseDisk), "disk")]
[JsonDerivedType(typeof(KernelDisk), "kernel")]
[JsonDerivedType(typeof(AppliedDisk), "applied")]
[JsonDerivedType(typeof(InstallationMedium), "installation")]
internal abstract record BootMedia
{
    /// <summary>The SHA-256 of its file in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Where it came from: a URL, a path, or <c>apt:bookworm</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>What the medium depends on, as one short hash; a changed fingerprint makes a changed host.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The absolute path of its file.</summary>
    [JsonIgnore]
    public abstract string Path { get; }

    /// <summary>The image of Windows that sets itself up by an answer file in each machine; null where the system is set up already.</summary>
    [JsonIgnore]
    public virtual WindowsImage? SetsUp => null;
}

/// <summary>A base disk in the cache, which has its system and boots by its own loader; each machine's disk is a differencing disk on it.</summary>
internal record BaseDisk : BootMedia
{
    /// <summary>The disk's absolute path.</summary>
    public required string DiskPath { get; init; }

    /// <summary>The disk's format.</summary>
    public required DiskFormat Format { get; init; }

    /// <summary>The disk as a guest sees it, in bytes; zero where that is not known.</summary>
    public long Size { get; init; }

    /// <summary>True for one that starts by UEFI only; false by default.</summary>
    public bool NeedsUefi { get; init; }

    /// <summary>
    /// True for a template's disk and for what one is made of: it lies where its hypervisor keeps machines, and was a host's before, so that its guest has what a host is
    /// given; false by default.
    /// </summary>
    public bool OfTemplate { get; init; }

    /// <summary>What a machine of this disk goes on with at its first start; null for one that boots.</summary>
    public SavedMachine? Saved { get; init; }

    /// <inheritdoc/>
    public override string Path => DiskPath;
}

/// <summary>A base disk without a boot loader: its kernel is started directly.</summary>
internal sealed record KernelDisk : BaseDisk
{
    /// <summary>The kernel's absolute path.</summary>
    public required string KernelPath { get; init; }

    /// <summary>The absolute path of the initial RAM disk.</summary>
    public required string InitrdPath { get; init; }

    /// <summary>The kernel's command line, without the console.</summary>
    public required string KernelCommandLine { get; init; }
}

/// <summary>A base disk that an image of Windows was applied to, which sets itself up at a machine's first boot.</summary>
internal sealed record AppliedDisk : BaseDisk
{
    /// <summary>The image.</summary>
    public required WindowsImage Image { get; init; }

    /// <inheritdoc/>
    public override WindowsImage SetsUp => Image;
}
