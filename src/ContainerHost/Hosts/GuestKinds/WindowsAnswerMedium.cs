using ContainerHost.AnswerFiles;
using ContainerHost.AnswerFiles.Windows;
using ContainerHost.Errors;
using ContainerHost.Hosts.Steps;
using ContainerHost.Media;
using ContainerHost.Media.Releases;
using ContainerHost.Runtimes;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.GuestKinds;

/// <summary>Writes the answer medium of a Windows guest, with the OpenSSH server that it lacks.</summary>
internal sealed class WindowsAnswerMedium(StepContext context)
{
    // Another name than that of OpenSSH's release: a lock file has either.
    private const string OpenSshPackage = "openssh-package";

    public async Task<SeedMedia> WriteAsync(
        GuestIdentity identity,
        BootMedia media,
        CancellationToken cancellationToken
    )
    {
        var spec = context.Spec;
        var windows = spec.Windows!;
        var installation = media as InstallationMedium;
        var drivers = installation?.Drivers;
        if (drivers is not null)
            await RecordAsync(new("virtio-drivers", drivers.Name, drivers.Origin, drivers.Sha256), cancellationToken);
        RefuseProductKey(media.SetsUp);
        var openSsh = OpenSshChoice.For(windows.OpenSsh, media.SetsUp?.Build, windows.Shell != GuestShellKind.Direct);
        var writer = new WindowsSeedWriter(identity, context.Connection.ReadPassword(), context.Session.Folder)
        {
            OpenSsh = openSsh,
            DriverFolders = drivers?.Folders ?? [],
            OpenSshFile = await FetchOpenSshAsync(openSsh, windows, cancellationToken),
            Wishes = windows,
            ProductKey = ReadProductKey(windows),
            ClientKey = WindowsKeys.For(media.SetsUp?.Build, media.SetsUp?.EditionId),
            Tell = text => context.Services.Log.Warning("{Told}", text),
        };
        return media.SetsUp is { } image
            ? await writer.WriteAnswersAsync(
                installation is null ? null : image.Index,
                image.Language,
                await context.ReadAnswersAsync(cancellationToken),
                cancellationToken
            )
            : await writer.WriteForCloudAsync(cancellationToken);
    }

    private void RefuseProductKey(WindowsImage? image)
    {
        if (
            context.ProductKey is { } key
            && image is not null
            && WindowsKeys.Refuse(key, image.Build, image.EditionId) is { } wrong
        )
            throw new InvalidInputException([
                $"--product-key does not fit: {wrong}. Leave it out, or give the key of that edition.",
            ]);
    }

    private string? ReadProductKey(WindowsSpec windows) =>
        windows.ProductKeyDigest is null || context.ProductKey is not null
            ? context.ProductKey
            : throw new InvalidInputException([
                "--product-key was given when the host was begun, and is never kept; give it again, best as NUKE_PRODUCT_KEY.",
            ]);

    // Null where the guest has it, or gets it from Windows Update.
    private async Task<string?> FetchOpenSshAsync(
        OpenSshSource source,
        WindowsSpec windows,
        CancellationToken cancellationToken
    )
    {
        var locked = context.Locked?.Find(OpenSshPackage);
        if (source == OpenSshSource.Capability && (windows.OpenSshPackage ?? locked?.Origin) is { } package)
            return await TakePackageAsync(package, locked?.Sha256 ?? windows.OpenSshPackageSha256, cancellationToken);
        if (windows.OpenSshPackage is not null)
            throw new InvalidInputException([
                $"--openssh-package would not be used: this Windows takes its OpenSSH by {source}. Leave it out, or use --openssh Capability.",
            ]);
        if (source != OpenSshSource.Release)
            return null;
        var release = ReleaseComponent.OpenSshForWindows;
        var file = await context.Sources.FindAsync(release, VersionWish.Latest, cancellationToken);
        await RecordAsync(InstalledArtifact.Of(file), cancellationToken);
        return await context.Services.Artifacts.FetchAsync(file.Source, file.Sha256, file.Size, cancellationToken);
    }

    private async Task<string> TakePackageAsync(string package, string? sha256, CancellationToken cancellationToken)
    {
        const string what = "the package of OpenSSH";
        var files = new GivenFiles(context.Services.Artifacts);
        var given = await files.ObtainAsync(what, package, sha256, $"--{OpenSshPackage}", cancellationToken);
        var name = Path.GetFileName(given.Origin);
        await RecordAsync(new(OpenSshPackage, name, given.Origin, given.Sha256), cancellationToken);
        return given.Path;
    }

    private Task RecordAsync(InstalledArtifact artifact, CancellationToken cancellationToken)
    {
        context.Locked?.Require(artifact);
        var state = context.Session.Existing;
        IReadOnlyList<InstalledArtifact> all = [.. state.GuestArtifacts ?? [], artifact];
        return context.Session.SaveAsync(state with { GuestArtifacts = all }, cancellationToken);
    }
}
