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
            await WriteAsync(archive, files, cancellationToken);
            await shell.UploadAsync(archive, guestPath, Mode, cancellationToken);
        }
        finally
        {
            File.Delete(archive);
        }
    }

    private static async Task WriteAsync(
        string path,
        IEnumerable<(string Name, string Path)> files,
        CancellationToken cancellationToken
    )
    {
        await using var stream = File.Create(path);
        await using var tar = new TarWriter(stream);
        foreach (var (name, source) in files)
            await tar.WriteEntryAsync(source, name, cancellationToken);
    }
}
