using ContainerHost.AnswerFiles;
using ContainerHost.AnswerFiles.Windows;
using ContainerHost.Guests;
using ContainerHost.Guests.Windows;
using ContainerHost.Hosts.Steps;
using ContainerHost.Media;
using ContainerHost.Runtimes;
using ContainerHost.Specification;
using ContainerHost.Verification.Checks;

namespace ContainerHost.Hosts.GuestKinds;

/// <summary>Windows Server: set up by an answer file, or by cloudbase-init from a ready disk.</summary>
internal sealed class WindowsKind : IGuestKind
{
    public IGuestSystem System { get; } = new WindowsGuest();

    public ContainerChecks Checks => ContainerChecks.OfWindows;

    public void CheckAnswers(AnswerFile? file, HostSpec spec) =>
        WindowsSeedWriter.Check(file, spec.Name, spec.Windows!);

    public Task<SeedMedia> WriteAnswersAsync(
        StepContext context,
        GuestIdentity identity,
        BootMedia media,
        CancellationToken cancellationToken
    ) => new WindowsAnswerMedium(context).WriteAsync(identity, media, cancellationToken);

    public ImageSoftware? SoftwareOf(HostSpec spec) => null;

    public IContainerRuntime? RuntimeOf(StepContext context, IGuestShell shell) =>
        WindowsRuntimes.Create(context.Spec, shell, context.Sources);
}
