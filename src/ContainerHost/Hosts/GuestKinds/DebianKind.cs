using ContainerHost.AnswerFiles;
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

    public Task CheckAnswersAsync(string? path, HostSpec spec, CancellationToken cancellationToken) =>
        SeedWriter.CheckAsync(path, cancellationToken);

    public async Task<SeedMedia> WriteAnswersAsync(
        StepContext context,
        GuestIdentity identity,
        BootMedia media,
        CancellationToken cancellationToken
    )
    {
        var features = await context.Hypervisor.GetFeaturesAsync(cancellationToken);
        return await SeedWriter.WriteAsync(
            identity,
            context.Session.Folder,
            context.Spec.AnswerFile,
            cancellationToken,
            features.GuestPackages
        );
    }

    public IContainerRuntime? RuntimeOf(StepContext context, IGuestShell shell) =>
        DebianRuntimes.Create(context.Spec, shell, context.Sources, context.Services.Time, context.Services.Log);
}
