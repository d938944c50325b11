using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using ContainerHost.Files;
using ContainerHost.Media.Images;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Archives;

/// <summary>An archive, read from its beginning to its end: exactly the files that its contents name, in their order, and nothing else.</summary>
internal sealed class ArchiveReader : IAsyncDisposable
{
    internal const int LongestContents = 1 << 22;

    private readonly FileStream _file;
    private readonly Stream _content;
    private readonly TarReader _tar;

    private ArchiveReader(FileStream file, Stream content) =>
        (_file, _content, _tar) = (file, content, new TarReader(content, leaveOpen: true));

    public static ArchiveReader Open(string path)
    {
        // Opening a pipe waits for who writes into it, and devices have no end.
        if (new FileInfo(path).Length == 0)
            throw new BadArchiveException("is empty, or no plain file");
        var file = File.OpenRead(path);
        try
        {
            Span<byte> start = stackalloc byte[262];
            start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            file.Position = 0;
            return new ArchiveReader(
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

    /// <summary>The contents, whose files are those that such a template or host has.</summary>
    public Task<ArchiveContents> ReadContentsAsync(CancellationToken cancellationToken) =>
        ReadingAsync(async () =>
        {
            var entry = await NextAsync(ArchiveContents.FileName, cancellationToken);
            if (entry.Length > LongestContents)
                throw new BadArchiveException($"has contents of {entry.Length} bytes");
            var bytes = new byte[entry.Length];
            await (entry.DataStream ?? Stream.Null).ReadExactlyAsync(bytes, cancellationToken);
            try
            {
                var contents = VersionedJson.Read<ArchiveContents>(
                    Encoding.UTF8.GetString(bytes),
                    ArchiveContents.CurrentSchemaVersion
                );
                contents.Check();
                return contents;
            }
            catch (VersionedJsonException unreadable)
            {
                throw new BadArchiveException($"has a {ArchiveContents.FileName} that {unreadable.Message}");
            }
        });

    /// <summary>Writes the next file, which must be this one, without the room that zeros would take.</summary>
    public Task<bool> ExtractAsync(ArchivedFile file, string target, CancellationToken cancellationToken) =>
        ReadingAsync(async () =>
        {
            var entry = await NextAsync(file.Name, cancellationToken);
            if (entry.Length != file.Size)
                throw new BadArchiveException($"has {entry.Length} bytes of {file.Name}, not {file.Size}");
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await SparseFile.WriteAsync(target, entry.DataStream ?? Stream.Null, file.Size, hash, cancellationToken);
            return Convert.ToHexStringLower(hash.GetCurrentHash()) == file.Sha256
                ? true
                : throw new BadArchiveException($"has another {file.Name} than its digest says");
        });

    public Task<bool> ExpectEndAsync(CancellationToken cancellationToken) =>
        ReadingAsync(async () =>
            await _tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } more
                ? throw new BadArchiveException($"has '{more.Name}' too, which its contents do not name")
                : true
        );

    public async ValueTask DisposeAsync()
    {
        await _tar.DisposeAsync();
        await _content.DisposeAsync();
        await _file.DisposeAsync();
    }

    private async Task<TarEntry> NextAsync(string name, CancellationToken cancellationToken)
    {
        var entry =
            await _tar.GetNextEntryAsync(copyData: false, cancellationToken)
            ?? throw new BadArchiveException($"ends before {name}");
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
            throw new BadArchiveException($"has a {entry.EntryType}, '{entry.Name}', where {name} should be");
        return entry.Name == name ? entry : throw new BadArchiveException($"has '{entry.Name}' where {name} should be");
    }

    private static async Task<T> ReadingAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (EndOfStreamException cut)
        {
            throw new BadArchiveException("is cut off", cut);
        }
        catch (Exception damaged)
            when (damaged is InvalidDataException or FormatException or SharpCompress.Common.SharpCompressException)
        {
            throw new BadArchiveException($"is no archive of ours, or damaged: {damaged.Message}", damaged);
        }
    }
}
