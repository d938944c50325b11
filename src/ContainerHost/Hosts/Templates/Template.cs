using System.Text.Json.Serialization;
using ContainerHost.Media;
using ContainerHost.Runtimes;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Templates;

/// <summary>The file template.json: a machine, frozen or off, that others begin from.</summary>
internal sealed record Template
{
    public const int CurrentSchemaVersion = 1;

    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The spec of the host that it was made from; of its clones all but the name.</summary>
    public required HostSpec Spec { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The hypervisor, its version and its accelerator: no other takes the state of one that is frozen.</summary>
    public required string Hypervisor { get; init; }

    /// <summary>What clones are made of: the disk, and of a frozen one the memory and state that they go on with.</summary>
    public required BootMedia Boot { get; init; }

    /// <summary>What runs containers in it.</summary>
    public RuntimeInfo? Runtime { get; init; }

    /// <summary>What was put into the guest before its runtime.</summary>
    public IReadOnlyList<InstalledArtifact>? GuestArtifacts { get; init; }

    /// <summary>True for one whose clones go on; those of any other boot.</summary>
    [JsonIgnore]
    public bool IsFrozen => Boot is BaseDisk { Saved: not null };

    /// <summary>True for one of a disk that starts as templates do.</summary>
    [JsonIgnore]
    public bool IsWhole => Boot is BaseDisk disk and not AppliedDisk && !(IsFrozen && disk.NeedsUefi);
}
