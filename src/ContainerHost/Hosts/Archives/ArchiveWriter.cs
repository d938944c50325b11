using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Media;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Archives;

/// <summary>Writes a template or a host into one file, a tar archive packed by gzip, from which it can be had elsewhere.</summary>
internal static class ArchiveWriter
{
    /// <exception cref="InvalidInputException">There is a file of that name.</exception>
    public static void RequireNew(string path)
    {
        if (Path.Exists(path))
            throw new InvalidInputException([
                $"--archive '{path}' is there already; remove it, or choose another name.",
            ]);
    }

    /// <summary>What the files are, by their bytes: what is recorded of them may be wrong by now.</summary>
    public static async Task<IReadOnlyList<ArchivedFile>> DescribeAsync(
        IReadOnlyList<(string Name, string Path)> files,
        CancellationToken cancellationToken
    )
    {
        var described = new List<ArchivedFile>();
        foreach (var (name, path) in files)
        {
            var digest = await CheckedFile.ComputeAsync(path, cancellationToken);
            described.Add(new ArchivedFile(name, new FileInfo(path).Length, digest));
        }
        return described;
    }

    /// <summary>Writes the archive, which is there whole or not at all, and only its owner's to read: secrets are in it; returns its length in bytes.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static async Task<long> WriteAsync(
        string path,
        ArchiveContents contents,
        IReadOnlyList<(string Name, string Path)> files,
        CancellationToken cancellationToken
    )
    {
        await AtomicFile.WriteAsync(
            path,
            (stream, token) => WriteAsync(stream, contents, files, token),
            cancellationToken,
            secret: true
        );
        return new FileInfo(path).Length;
    }

    private static async Task WriteAsync(
        Stream to,
        ArchiveContents contents,
        IReadOnlyList<(string Name, string Path)> files,
        CancellationToken cancellationToken
    )
    {
        await using var packed = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true);
        await using var tar = new TarWriter(packed, TarEntryFormat.Pax, leaveOpen: true);
        var document = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(contents, SpecificationJson.Options) + "\n");
        if (document.Length > ArchiveReader.LongestContents)
            throw new IOException($"what is known of it takes {document.Length} bytes; remove some checkpoints");
        await AddAsync(ArchiveContents.FileName, new MemoryStream(document));
        foreach (var (name, path) in files)
            await AddAsync(name, File.OpenRead(path));

        async Task AddAsync(string name, Stream content)
        {
            await using (content)
            {
                var entry = new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content };
                entry.Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                await tar.WriteEntryAsync(entry, cancellationToken);
            }
        }
    }
}
