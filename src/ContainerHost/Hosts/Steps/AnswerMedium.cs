using ContainerHost.AnswerFiles;
using ContainerHost.AnswerFiles.Windows;
using ContainerHost.Media;
using ContainerHost.Media.Releases;
using ContainerHost.Runtimes;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Steps;

/// <summary>Writes the answer medium that a guest's family wants.</summary>
internal sealed class AnswerMedium(StepContext context)
{
    public async Task<SeedMedia> WriteAsync(
        GuestIdentity identity,
        BootMedia media,
        CancellationToken cancellationToken
    )
    {
        var spec = context.Spec;
        var folder = context.Session.Folder;
        if (spec.Guest.Family != GuestFamily.WindowsServer)
        {
            var features = await context.Hypervisor.GetFeaturesAsync(cancellationToken);
            return await SeedWriter.WriteAsync(
                identity,
                folder,
                spec.AnswerFile,
                cancellationToken,
                features.GuestPackages
            );
        }
        var windows = spec.Windows ?? new WindowsSpec();
        var openSsh = OpenSshChoice.For(windows.OpenSsh, media.SetsUp?.Build);
        var writer = new WindowsSeedWriter(identity, context.Connection.ReadPassword(), folder)
        {
            OpenSsh = openSsh,
            OpenSshArchive = openSsh == OpenSshSource.Release ? await FetchOpenSshAsync(cancellationToken) : null,
        };
        return media.SetsUp is { } image
            ? await writer.WriteAnswersAsync(
                media.Installation is null ? null : image.Index,
                image.Language,
                spec.AnswerFile,
                cancellationToken
            )
            : await writer.WriteForCloudAsync(cancellationToken);
    }

    private async Task<string> FetchOpenSshAsync(CancellationToken cancellationToken)
    {
        var file = await context.Sources.FindAsync(
            ReleaseComponent.OpenSshForWindows,
            VersionWish.Latest,
            cancellationToken
        );
        await context.Session.SaveAsync(
            context.Session.Existing with
            {
                GuestArtifacts = [InstalledArtifact.Of(file)],
            },
            cancellationToken
        );
        return await context.Services.Artifacts.FetchAsync(file.Source, file.Sha256, file.Size, cancellationToken);
    }
}
