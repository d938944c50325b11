using System.Formats.Tar;

namespace ContainerHost.Runtimes.Packages;

/// <summary>One tar file of many packages: one copy into the guest costs less than eighty.</summary>
internal static class PackageArchive
{
    public static async Task WriteAsync(
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
