using System.Collections.Immutable;
using ContainerHost.Runtimes;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>A host's state on disk, the file host.json: enough for the next run to go on or to clean up, whatever happened to this one.</summary>
internal sealed record HostState
{
    /// <summary>The version of the format that this code writes and the newest it reads.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The version of this file's format.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>What the host was made from.</summary>
    public required HostSpec Spec { get; init; }

    /// <summary>Our mark on the machine, written before the machine is made.</summary>
    public required Guid InstanceId { get; init; }

    /// <summary>When the host was first asked for, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The guest's SSH host key as <c>ssh-ed25519 AAAA...</c>: the pin. Null before the guest's identity is made.</summary>
    public string? HostPublicKey { get; init; }

    /// <summary>The guest's IPv4 address as the guest saw it last.</summary>
    public string? Address { get; init; }

    /// <summary>What was put into the guest beside its boot medium before its runtime, such as an OpenSSH server.</summary>
    public IReadOnlyList<InstalledArtifact>? GuestArtifacts { get; init; }

    /// <summary>What runs containers in it, once installed.</summary>
    public RuntimeInfo? Runtime { get; init; }

    /// <summary>How the last verification ended; null before the first.</summary>
    public LastVerification? LastVerification { get; init; }

    /// <summary>The journal: a record for each step begun.</summary>
    public ImmutableSortedDictionary<Step, StepRecord> Steps { get; init; } =
        ImmutableSortedDictionary<Step, StepRecord>.Empty;

    /// <summary>The record of a step, or null when it never began.</summary>
    public StepRecord? Find(Step step) => Steps.GetValueOrDefault(step);

    /// <summary>The same state with that step's record put in.</summary>
    public HostState With(Step step, StepRecord record) => this with { Steps = Steps.SetItem(step, record) };

    /// <summary>The same state without a record of that step, so that it runs again.</summary>
    public HostState Without(Step step) => this with { Steps = Steps.Remove(step) };
}
