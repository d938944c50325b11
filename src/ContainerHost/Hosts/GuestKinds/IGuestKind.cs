using ContainerHost.AnswerFiles;
using ContainerHost.Guests;
using ContainerHost.Hosts.Steps;
using ContainerHost.Media;
using ContainerHost.Runtimes;
using ContainerHost.Specification;
using ContainerHost.Verification.Checks;

namespace ContainerHost.Hosts.GuestKinds;

/// <summary>All that is done differently for guests of one family; what is merely different of them are facts of <see cref="GuestFamily"/>.</summary>
internal interface IGuestKind
{
    IGuestSystem System { get; }
    ContainerChecks Checks { get; }

    /// <summary>Checks the user's own answer file, or null for none.</summary>
    /// <exception cref="Errors.InvalidInputException">It is wrong or sets what must be ours.</exception>
    void CheckAnswers(AnswerFile? file, HostSpec spec);

    Task<SeedMedia> WriteAnswersAsync(
        StepContext context,
        GuestIdentity identity,
        BootMedia media,
        CancellationToken cancellationToken
    );

    /// <summary>What an image that is built here for such a host has installed already; null for nothing.</summary>
    ImageSoftware? SoftwareOf(HostSpec spec);

    /// <summary>The container runtime in the guest behind a shell; null where none was asked for.</summary>
    IContainerRuntime? RuntimeOf(StepContext context, IGuestShell shell);
}
