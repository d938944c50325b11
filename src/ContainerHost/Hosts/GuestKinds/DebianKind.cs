using ContainerHost.AnswerFiles;
using ContainerHost.AnswerFiles.CloudInit;
using ContainerHost.Guests;
using ContainerHost.Guests.Debian;
using ContainerHost.Hosts.Steps;
using ContainerHost.Media;
using ContainerHost.Runtimes;
using ContainerHost.Specification;
using ContainerHost.Verification.Checks;

namespace ContainerHost.Hosts.GuestKinds;

/// <summary>Debian and what is set up like it: cloud-init, apt, systemd.</summary>
internal sealed class DebianKind : IGuestKind
{
    public IGuestSystem System { get; } = new DebianGuest();

    public ContainerChecks Checks => ContainerChecks.OfDebian;

    public void CheckAnswers(AnswerFile? file, HostSpec spec) => UserAnswers.Read(file, spec.Guest.Family.User);

    public async Task<SeedMedia> WriteAnswersAsync(
        StepContext context,
        GuestIdentity identity,
        BootMedia media,
        CancellationToken cancellationToken
    )
    {
        var features = await context.Hypervisor.GetFeaturesAsync(cancellationToken);
        var file = await context.ReadAnswersAsync(cancellationToken);
        var answers = UserAnswers.Read(file, identity.User);
        if (UserData.OverriddenIn(answers, identity) is { Count: > 0 } keys)
            context.Services.Log.Warning(
                "{File} sets {Keys}; ContainerHost's own values count",
                file!.Source,
                string.Join(", ", keys)
            );
        return await SeedWriter.WriteAsync(
            identity,
            context.Session.Folder,
            answers,
            cancellationToken,
            // A template's disk has them.
            media is BaseDisk { OfTemplate: true }
                ? []
                : features.GuestPackages
        );
    }

    public ImageSoftware? SoftwareOf(HostSpec spec) => DebianRuntimes.SoftwareOf(spec);

    public IContainerRuntime? RuntimeOf(StepContext context, IGuestShell shell) =>
        DebianRuntimes.Create(context.Spec, shell, context.Sources, context.Services.Time, context.Services.Log);
}
