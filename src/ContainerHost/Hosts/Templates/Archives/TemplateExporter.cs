using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Media;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Templates.Archives;

/// <summary>Writes a template into one file, a tar archive packed by gzip, from which it can be had elsewhere.</summary>
internal sealed class TemplateExporter(HostServices services)
{
    private readonly TemplateStore _templates = new(services);

    /// <summary>Writes the archive, which is there whole or not at all, and only its owner's to read; returns its length.</summary>
    /// <exception cref="ContainerHostException">There is no such template, it is damaged, or the archive cannot be written.</exception>
    public async Task<long> ExportAsync(HostName name, string path, CancellationToken cancellationToken)
    {
        if (Path.Exists(path))
            throw new InvalidInputException([
                $"--archive '{path}' is there already; remove it, or choose another name.",
            ]);
        using var held = _templates.Services.Store.Has(name)
            ? await _templates.HoldAsync(name, cancellationToken)
            : null;
        var template = await _templates.ReadAsync(name, cancellationToken);
        var files = ArchiveContents.FilesOf(template, _templates.FolderOf(name));
        var contents = new ArchiveContents
        {
            Name = name,
            // Whoever gets it need not learn where it lay here.
            Template = ArchiveContents.In(template, new HostFolder("")),
            Files = await DescribeAsync(name, files, cancellationToken),
        };
        try
        {
            await AtomicFile.WriteAsync(
                path,
                (stream, token) => WriteAsync(stream, contents, files, token),
                cancellationToken,
                // In the memory is whatever the guest's programs knew.
                secret: true
            );
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Failed(name, failure.Message, $"see that {path} may be written and its disk has space.");
        }
        return new FileInfo(path).Length;
    }

    // Read whole, and not believed by their time: what was damaged on the disk must not go round as what was frozen.
    private static async Task<IReadOnlyList<ArchivedFile>> DescribeAsync(
        HostName name,
        IReadOnlyList<(string Name, string Path)> files,
        CancellationToken cancellationToken
    )
    {
        var described = new List<ArchivedFile>();
        foreach (var (file, path) in files)
        {
            var digest = await CheckedFile.ComputeAsync(path, cancellationToken);
            if (File.Exists($"{path}.sha256") && await CheckedFile.DigestOfAsync(path, cancellationToken) != digest)
                throw Failed(
                    name,
                    $"{path} is not the file that was frozen",
                    $"'./build.sh RemoveTemplate --from {name}' removes it; make it anew."
                );
            described.Add(new ArchivedFile(file, new FileInfo(path).Length, digest));
        }
        return described;
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
        var document = JsonSerializer.Serialize(contents, SpecificationJson.Options) + "\n";
        await AddAsync(ArchiveContents.FileName, new MemoryStream(Encoding.UTF8.GetBytes(document)));
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

    private static ContainerHostException Failed(HostName name, string saw, string @try) =>
        new($"export the template '{name}'", saw, @try);
}
