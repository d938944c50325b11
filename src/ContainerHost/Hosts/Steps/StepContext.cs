using ContainerHost.AnswerFiles;
using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Hosts.GuestKinds;
using ContainerHost.Machines;
using ContainerHost.Runtimes;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;
using ContainerHost.Verification.Checks;

namespace ContainerHost.Hosts.Steps;

/// <summary>What every step works with: the parts, the host under its lock, and what was asked for.</summary>
internal sealed class StepContext(
    HostServices services,
    HostSession session,
    HostSpec? had,
    HostSpec spec,
    AnswerFile? answers,
    string? password,
    LockFile? locked
)
{
    public HostServices Services => services;
    public HostSession Session => session;

    /// <summary>What the user asks for now.</summary>
    public HostSpec Spec => spec;

    /// <summary>The user's answer file as it was read when the run began, or now, for a host that an earlier run began with it; null for none.</summary>
    public async Task<AnswerFile?> ReadAnswersAsync(CancellationToken cancellationToken) =>
        answers ?? (spec.AnswerFile is { } path ? await ReadAgainAsync(path, cancellationToken) : null);

    private async Task<AnswerFile> ReadAgainAsync(string path, CancellationToken cancellationToken)
    {
        var file = await AnswerFile.ReadAsync(path, cancellationToken);
        return spec.AnswerFileDigest is null || spec.AnswerFileDigest == Fingerprint.OfBytes(file.Content)
            ? file
            : throw new InvalidInputException([
                $"--answer-file '{path}' is another file than when the host was begun; give it again.",
            ]);
    }

    /// <summary>The password that was given, or null to keep or generate one.</summary>
    public string? Password => password;

    /// <summary>The product key that was given, a secret that is not kept; null for none.</summary>
    public string? ProductKey { get; init; }

    /// <summary>Which checks Verify runs.</summary>
    public CheckSelection Checks { get; init; } = CheckSelection.Everything;

    /// <summary>The user's scripts for the guest, as they were read when the run began.</summary>
    public IReadOnlyList<UserScript> Scripts { get; init; } = [];

    /// <summary>Whether the guest's own user runs them; root otherwise.</summary>
    public bool ProvisionsAsUser { get; init; }

    /// <summary>The lab that a host is begun for; null for none.</summary>
    public HostName? Lab { get; init; }

    /// <summary>When any run may remove a host that is begun now, UTC; null to keep it for good.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How the machine becomes a template; null for a host's.</summary>
    public Templates.ITemplateKind? Template { get; init; }

    /// <summary>What the host must be made of; null to resolve it anew.</summary>
    public LockFile? Locked => locked;

    public IHypervisor Hypervisor { get; } = services.HypervisorFor(spec);
    public HostConnection Connection { get; } = new(services, session.Folder, () => session.Existing);
    public IGuestKind Kind { get; } = GuestKind.Of(spec.Guest);
    public IGuestSystem System => Kind.System;

    /// <summary>The container runtime in the guest behind a shell; null where none was asked for.</summary>
    public IContainerRuntime? RuntimeOf(IGuestShell shell) => Kind.RuntimeOf(this, shell);

    /// <summary>Connects to the guest, whose clock is right then, for checks of it.</summary>
    public async Task<CheckContext> OpenChecksAsync(CancellationToken cancellationToken)
    {
        var access = await Connection.GetAccessAsync(cancellationToken);
        var shell = await Connection.ConnectAsync(cancellationToken);
        try
        {
            return new CheckContext
            {
                Spec = spec,
                Access = access,
                Password = password ?? Connection.ReadPassword(),
                Clone = session.Existing.ClonedFrom is null
                    ? null
                    : Templates.CloneIdentity.MarksOf(session.Existing, session.Folder),
                Connect = Connection.ConnectAsync,
                Attend = (work, token) => Connection.WatchAsync(work, token),
                RuntimeOf = RuntimeOf,
                Guests = services.Guests,
                Time = services.Time,
                Shell = shell,
                Clock = await GuestClock.CorrectAsync(this, shell, cancellationToken),
            };
        }
        catch
        {
            await shell.DisposeAsync();
            throw;
        }
    }

    /// <summary>What differs from what the host had when the run began and takes such a change, a sentence each.</summary>
    public IReadOnlyList<string> Changes(Change change) => had is null ? [] : SpecChange.Between(had, spec, change);

    /// <summary>True when the step is done, and nothing has changed since of what such a change is for.</summary>
    public bool IsUpToDate(Step step, Change change) =>
        session.State?.Find(step) is { IsDone: true } record && IsSame(record, change);

    /// <summary>True when a step that was begun, perhaps not ended, was begun with what is asked for now.</summary>
    public bool IsSame(StepRecord record, Change change) =>
        SpecChange.IsOfEarlierRelease(record.Fingerprint)
            ? Changes(change).Count == 0
            : record.Fingerprint == SpecChange.Fingerprint(spec, change);

    /// <summary>Where what is installed comes from.</summary>
    public RuntimeSources Sources { get; } =
        new()
        {
            Artifacts = services.Artifacts,
            Relays = services.Relays,
            Releases = services.Releases,
            Progress = services.Progress,
            Version = spec.RuntimeVersion,
            Locked = locked?.Artifacts,
        };

    /// <summary>Steps done before the host had a state to journal them in.</summary>
    public Dictionary<Step, StepRecord> Early { get; } = [];
}
