using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using ContainerHost.Files;
using ContainerHost.Media.Images;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Templates.Archives;

/// <summary>A template's archive, read from its beginning to its end: exactly the files that its contents name, in their order, and nothing else.</summary>
internal sealed class TemplateArchive : IAsyncDisposable
{
    private const int LongestContents = 1 << 20;

    private readonly FileStream _file;
    private readonly Stream _content;
    private readonly TarReader _tar;

    private TemplateArchive(FileStream file, Stream content) =>
        (_file, _content, _tar) = (file, content, new TarReader(content, leaveOpen: true));

    public static TemplateArchive Open(string path)
    {
        // Opening a pipe waits for who writes into it, and devices have no end.
        if (new FileInfo(path).Length == 0)
            throw new BadTemplateArchiveException("is empty, or no plain file");
        var file = File.OpenRead(path);
        try
        {
            Span<byte> start = stackalloc byte[262];
            start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            file.Position = 0;
            return new TemplateArchive(
                file,
                Compression.Of(start) is { } packing ? Compression.Open(packing, file) : file
            );
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The contents, whose files are those that such a template has.</summary>
    public Task<ArchiveContents> ReadContentsAsync(CancellationToken cancellationToken) =>
        ReadingAsync(async () =>
        {
            var entry = await NextAsync(ArchiveContents.FileName, cancellationToken);
            if (entry.Length > LongestContents)
                throw new BadTemplateArchiveException($"has contents of {entry.Length} bytes");
            var bytes = new byte[entry.Length];
            await entry.DataStream!.ReadExactlyAsync(bytes, cancellationToken);
            try
            {
                var contents = VersionedJson.Read<ArchiveContents>(
                    Encoding.UTF8.GetString(bytes),
                    ArchiveContents.CurrentSchemaVersion
                );
                Check(contents);
                return contents;
            }
            catch (VersionedJsonException unreadable)
            {
                throw new BadTemplateArchiveException($"has a {ArchiveContents.FileName} that {unreadable.Message}");
            }
        });

    /// <summary>Writes the next file, which must be this one, without the room that zeros would take.</summary>
    public Task<bool> ExtractAsync(ArchivedFile file, string target, CancellationToken cancellationToken) =>
        ReadingAsync(async () =>
        {
            var entry = await NextAsync(file.Name, cancellationToken);
            if (entry.Length != file.Size)
                throw new BadTemplateArchiveException($"has {entry.Length} bytes of {file.Name}, not {file.Size}");
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await SparseFile.WriteAsync(target, entry.DataStream ?? Stream.Null, file.Size, hash, cancellationToken);
            return Convert.ToHexStringLower(hash.GetCurrentHash()) == file.Sha256
                ? true
                : throw new BadTemplateArchiveException($"has another {file.Name} than its digest says");
        });

    public Task<bool> ExpectEndAsync(CancellationToken cancellationToken) =>
        ReadingAsync(async () =>
            await _tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } more
                ? throw new BadTemplateArchiveException($"has '{more.Name}' too, which its contents do not name")
                : true
        );

    public async ValueTask DisposeAsync()
    {
        await _tar.DisposeAsync();
        await _content.DisposeAsync();
        await _file.DisposeAsync();
    }

    private static void Check(ArchiveContents contents)
    {
        var template = contents.Template;
        if (template.SchemaVersion != Template.CurrentSchemaVersion)
            throw new BadTemplateArchiveException(
                $"has a template of format {template.SchemaVersion}, not {Template.CurrentSchemaVersion}"
            );
        if (!template.IsWhole)
            throw new BadTemplateArchiveException("has a template of no disk that a machine goes on from");
        // The names are ours; the archive only repeats them.
        var names = ArchiveContents.FilesOf(template, new HostFolder("")).Select(file => file.Name);
        if (!contents.Files.Select(file => file.Name).SequenceEqual(names))
            throw new BadTemplateArchiveException($"does not have the files {string.Join(", ", names)}");
        if (contents.Files.FirstOrDefault(file => file.Size < 0) is { } negative)
            throw new BadTemplateArchiveException($"has {negative.Size} bytes of {negative.Name}");
        var memory = contents.Files.Single(file => file.Name == HostFolder.MemoryName).Size;
        if (memory != template.Spec.Memory.Bytes)
            throw new BadTemplateArchiveException(
                $"has {memory} bytes of memory for a machine of {template.Spec.Memory.ToHumanString()}"
            );
    }

    private async Task<TarEntry> NextAsync(string name, CancellationToken cancellationToken)
    {
        var entry =
            await _tar.GetNextEntryAsync(copyData: false, cancellationToken)
            ?? throw new BadTemplateArchiveException($"ends before {name}");
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
            throw new BadTemplateArchiveException($"has a {entry.EntryType}, '{entry.Name}', where {name} should be");
        return entry.Name == name
            ? entry
            : throw new BadTemplateArchiveException($"has '{entry.Name}' where {name} should be");
    }

    private static async Task<T> ReadingAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (EndOfStreamException cut)
        {
            throw new BadTemplateArchiveException("is cut off", cut);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or FormatException)
        {
            throw new BadTemplateArchiveException(
                $"is no archive of a template, or damaged: {damaged.Message}",
                damaged
            );
        }
    }
}
