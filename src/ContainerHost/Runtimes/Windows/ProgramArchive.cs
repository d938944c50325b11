using System.Formats.Tar;
using System.IO.Compression;
using ContainerHost.Guests;
using ContainerHost.Media.Releases;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Runtimes.Windows;

/// <summary>Puts the programs of an archive into a guest.</summary>
internal sealed class ProgramArchive(IGuestShell shell)
{
    private const string GuestFolder = @"C:\ProgramData\ContainerHost\releases";

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
            "Runtimes.Windows.expand-release.ps1",
            $"install {file.Name} {file.Version} in the guest",
            TimeLimits.ReleaseInstallation,
            cancellationToken,
            archive,
            target,
            below,
            string.Join(',', services)
        );
    }

    private async Task UploadAsync(string path, string archive, CancellationToken cancellationToken)
    {
        if (await IsZipAsync(path, cancellationToken))
        {
            await shell.UploadAsync(path, archive, UnixFileMode.UserRead, cancellationToken);
            return;
        }
        var zip = Path.GetTempFileName();
        try
        {
            await PackAnewAsync(path, zip, cancellationToken);
            await shell.UploadAsync(zip, archive, UnixFileMode.UserRead, cancellationToken);
        }
        finally
        {
            File.Delete(zip);
        }
    }

    // Whatever its name (PKWARE's APPNOTE, local file header).
    private static async Task<bool> IsZipAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var start = new byte[2];
        await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        return start is [(byte)'P', (byte)'K'];
    }

    /// <summary>Packs a .tar.gz anew as .zip, which every Windows PowerShell unpacks; older Windows has no tar.</summary>
    internal static async Task PackAnewAsync(string tarGz, string zip, CancellationToken cancellationToken)
    {
        await using var packed = File.OpenRead(tarGz);
        await using var tar = new GZipStream(packed, CompressionMode.Decompress);
        await using var reader = new TarReader(tar);
        await using var target = new FileStream(zip, FileMode.Create);
        await using var archive = new ZipArchive(target, ZipArchiveMode.Create);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                continue;
            var name = entry.Name.TrimStart('.', '/');
            await using var content = await archive
                .CreateEntry(name, CompressionLevel.Fastest)
                .OpenAsync(cancellationToken);
            if (entry.DataStream is { } data)
                await data.CopyToAsync(content, cancellationToken);
        }
    }
}
