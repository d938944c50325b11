using System.Formats.Tar;
using ContainerHost.Guests;

namespace ContainerHost.Runtimes.Packages;

/// <summary>One tar file of many packages: one copy into the guest costs less than eighty.</summary>
internal static class PackageArchive
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Packs the files and puts the archive into the guest.</summary>
    public static async Task CopyAsync(
        IGuestShell shell,
        IEnumerable<(string Name, string Path)> files,
        string guestPath,
        CancellationToken cancellationToken
    )
    {
        var archive = Path.GetTempFileName();
        try
        {
            await using (var stream = File.Create(archive))
            await using (var tar = new TarWriter(stream))
                foreach (var (name, path) in files)
                    await tar.WriteEntryAsync(path, name, cancellationToken);
            await shell.UploadAsync(archive, guestPath, Mode, cancellationToken);
        }
        finally
        {
            File.Delete(archive);
        }
    }
}
