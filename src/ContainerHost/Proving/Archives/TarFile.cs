using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerHost.Media.Images;

namespace ContainerHost.Proving.Archives;

/// <summary>An archive of an image, open: its entries by name. A packed one is unpacked into a temporary file, which goes with it.</summary>
internal sealed class TarFile : IDisposable
{
    // Of two properties of one name each program may take another.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly FileStream _file;
    private readonly ArchiveLimits _limits;
    private readonly Dictionary<string, (long Offset, long Length)> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);

    private TarFile(FileStream file, ArchiveLimits limits) => (_file, _limits) = (file, limits);

    public ArchiveLimits Limits => _limits;

    /// <summary>The names of all files.</summary>
    public IEnumerable<string> Names => _files.Keys;

    /// <exception cref="BadArchiveException">It is no tar archive, or one that leads out of itself.</exception>
    public static TarFile Open(string path, ArchiveLimits limits, CancellationToken cancellationToken)
    {
        // Opening a pipe waits for who writes into it, and devices have no end.
        if (new FileInfo(path).Length == 0)
            throw new BadArchiveException("it is empty, or no plain file");
        var file = File.OpenRead(path);
        try
        {
            Span<byte> start = stackalloc byte[262];
            start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            file.Position = 0;
            if (Compression.Of(start) is { } packing)
                file = Unpack(file, packing, limits, cancellationToken);
            var tar = new TarFile(file, limits);
            tar.Index(cancellationToken);
            return tar;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public bool Has(string name) => Find(name) is not null;

    /// <summary>The size of an entry.</summary>
    public long SizeOf(string name) => (Find(name) ?? throw Missing(name)).Length;

    /// <summary>An entry's content.</summary>
    public Stream Read(string name)
    {
        var (offset, length) = Find(name) ?? throw Missing(name);
        _file.Position = offset;
        return new Section(_file, length);
    }

    /// <summary>A document of JSON, with its bytes.</summary>
    public (JsonNode Json, byte[] Bytes) ReadDocument(string name)
    {
        if (SizeOf(name) > _limits.Document)
            throw new BadArchiveException(
                $"its {name} has {SizeOf(name)} bytes, more than the {_limits.Document} that a document may have"
            );
        using var content = Read(name);
        var bytes = new byte[SizeOf(name)];
        content.ReadExactly(bytes);
        try
        {
            return (
                JsonNode.Parse(Utf8.GetString(bytes), documentOptions: Strict)
                    ?? throw new BadArchiveException($"its {name} is empty"),
                bytes
            );
        }
        catch (Exception broken) when (broken is JsonException or DecoderFallbackException)
        {
            throw new BadArchiveException($"its {name} is no JSON: {broken.Message}", broken);
        }
    }

    public void Dispose() => _file.Dispose();

    private static BadArchiveException Missing(string name) => new($"it has no {name}");

    private static FileStream Unpack(
        FileStream packed,
        string packing,
        ArchiveLimits limits,
        CancellationToken cancellationToken
    )
    {
        var plain = new FileStream(
            Path.GetTempFileName(),
            new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose,
            }
        );
        try
        {
            var content = new CheckedStream(
                Compression.Open(packing, packed),
                limits.Unpacked,
                "it",
                cancellationToken
            );
            content.CopyTo(plain);
            // Not after a failure: a reader that is closed before its end tells another one.
            content.Dispose();
            plain.Position = 0;
            return plain;
        }
        catch
        {
            plain.Dispose();
            throw;
        }
    }

    private void Index(CancellationToken cancellationToken)
    {
        using var reader = new TarReader(_file, leaveOpen: true);
        var count = 0;
        while (reader.GetNextEntry() is { } entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (++count > _limits.Entries)
                throw new BadArchiveException($"it has more than {_limits.Entries} files");
            Add(entry);
        }
        if (count == 0)
            throw new BadArchiveException("it is no tar archive, or an empty one");
    }

    private void Add(TarEntry entry)
    {
        var name =
            TarNames.Clean(entry.Name) ?? throw new BadArchiveException($"its entry '{entry.Name}' leads out of it");
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
            case TarEntryType.GlobalExtendedAttributes:
                return;
            case TarEntryType.RegularFile:
            case TarEntryType.V7RegularFile:
            case TarEntryType.ContiguousFile:
                if (entry.Length > 0 && entry.DataOffset + entry.Length > _file.Length)
                    throw new BadArchiveException($"it is cut off within {name}");
                if (!_files.TryAdd(name, (entry.DataOffset, entry.Length)) || _links.ContainsKey(name))
                    throw new BadArchiveException($"it has {name} twice");
                return;
            // Docker up to release 24 writes a layer that two images share once, and a link to it.
            case TarEntryType.SymbolicLink:
            case TarEntryType.HardLink:
                var folder = entry.EntryType == TarEntryType.HardLink ? "" : Path.GetDirectoryName(name);
                var target =
                    TarNames.Clean(
                        entry.LinkName.StartsWith('/') ? ".." : $"{folder}/{entry.LinkName}".TrimStart('/'),
                        resolve: true
                    ) ?? throw new BadArchiveException($"its link {name} leads out of it, to '{entry.LinkName}'");
                if (!_links.TryAdd(name, target) || _files.ContainsKey(name))
                    throw new BadArchiveException($"it has {name} twice");
                return;
            default:
                throw new BadArchiveException($"its entry {name} is a {entry.EntryType}, which no image's archive has");
        }
    }

    private (long Offset, long Length)? Find(string name)
    {
        for (var hops = 0; hops < 8; hops++)
        {
            if (_files.TryGetValue(name, out var place))
                return place;
            if (!_links.TryGetValue(name, out name!))
                return null;
        }
        throw new BadArchiveException($"its links go round in circles, at {name}");
    }

    // Reads so many bytes from where the file stands.
    private sealed class Section(FileStream file, long length) : Stream
    {
        private long _position = file.Position;
        private readonly long _end = file.Position + length;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            file.Position = _position;
            var read = file.Read(buffer[..(int)Math.Min(buffer.Length, _end - _position)]);
            _position += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
