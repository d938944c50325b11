using ContainerHost.Guests;
using ContainerHost.Media.Releases;
using ContainerHost.Specification;

namespace ContainerHost.Runtimes.Windows;

/// <summary>Puts the programs of an archive into a guest.</summary>
internal sealed class ProgramArchive(IGuestShell shell)
{
    private const string GuestFolder = @"C:\ProgramData\ContainerHost\releases";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>Copies the archive (.zip, or .tar.gz, which is packed anew) and puts the programs in its folder <paramref name="below"/> into a folder below the program files.</summary>
    public async Task InstallAsync(
        PinnedFile file,
        string path,
        string target,
        string below,
        IReadOnlyList<string> services,
        CancellationToken cancellationToken
    )
    {
        var archive = $@"{GuestFolder}\{file.Name}-{Fingerprint.OfDigest(file.Sha256)}.zip";
        await UploadAsync(path, archive, cancellationToken);
        await shell.RunScriptAsync(
            GuestScript.Load("Runtimes.Windows.expand-release.ps1"),
            $"install {file.Name} {file.Version} in the guest",
            Limit,
            cancellationToken,
            archive,
            target,
            below,
            string.Join(',', services)
        );
    }

    private async Task UploadAsync(string path, string archive, CancellationToken cancellationToken)
    {
        if (await ZipConversion.IsZipAsync(path, cancellationToken))
        {
            await shell.UploadAsync(path, archive, UnixFileMode.UserRead, cancellationToken);
            return;
        }
        var zip = Path.GetTempFileName();
        try
        {
            await ZipConversion.RunAsync(path, zip, cancellationToken);
            await shell.UploadAsync(zip, archive, UnixFileMode.UserRead, cancellationToken);
        }
        finally
        {
            File.Delete(zip);
        }
    }
}
