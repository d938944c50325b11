using System.Collections.Immutable;
using ContainerHost.Runtimes;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>A host's state on disk, the file host.json: enough for the next run to go on or to clean up, whatever happened to this one.</summary>
internal sealed record HostState
{
    /// <summary>The version of the format that this code writes and the newest it reads.</summary>
    public const int CurrentSchemaVersion = 1;
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

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

    public RuntimeInfo? Runtime { get; init; }

    /// <summary>The template that the host was cloned from; null for one that was set up.</summary>
    public string? ClonedFrom { get; init; }

    /// <summary>The machine id that the guest of such a host drew itself; null where it got its mark's, and where nobody asks.</summary>
    public string? MachineId { get; init; }

    /// <summary>The lab that the host was made for; null for none.</summary>
    public string? Lab { get; init; }

    /// <summary>The scripts that ran in it, by name and short hash; null before the first.</summary>
    public IReadOnlyList<string>? Provisioned { get; init; }

    /// <summary>True when a script of that name and content ran in it.</summary>
    public bool HasRun(string mark) => Provisioned?.Contains(mark) == true;

    /// <summary>When any run may remove the host, UTC; null for one that is kept for good.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How the last verification ended; null before the first.</summary>
    public LastVerification? LastVerification { get; init; }

    /// <summary>The journal: a record for each step begun.</summary>
    public ImmutableSortedDictionary<Step, StepRecord> Steps { get; init; } =
        ImmutableSortedDictionary<Step, StepRecord>.Empty;

    public StepRecord? Find(Step step) => Steps.GetValueOrDefault(step);

    public HostState With(Step step, StepRecord record) => this with { Steps = Steps.SetItem(step, record) };
}
