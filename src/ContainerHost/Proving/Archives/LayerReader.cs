using System.Formats.Tar;
using System.IO.Compression;
using ContainerHost.Media.Images;
using SharpCompress.Compressors.ZStandard;

namespace ContainerHost.Proving.Archives;

/// <summary>Unpacks layers, each of which must have the digest that the image's configuration tells.</summary>
internal sealed class LayerReader(TarFile tar, CancellationToken cancellationToken)
{
    private long _left = tar.Limits.Unpacked;
    private int _files = tar.Limits.Files;

    /// <summary>Reads a layer to its end and returns its size, unpacked.</summary>
    public ArchivedLayer Check(ArchivedLayer layer)
    {
        using var content = Open(layer);
        try
        {
            Walk(content, layer.Entry);
        }
        catch (Exception broken)
            when (broken is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw new BadArchiveException(
                $"its layer {layer.Entry} is damaged, or no tar archive: {broken.Message}",
                broken
            );
        }
        Finish(content, layer);
        _left -= content.Count;
        return layer with { Unpacked = content.Count };
    }

    /// <summary>A layer's content; what was read of it is to be given to <see cref="Finish"/>.</summary>
    public CheckedStream Open(ArchivedLayer layer)
    {
        Span<byte> start = stackalloc byte[8];
        using (var look = tar.Read(layer.Entry))
            start = start[..look.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        var packed = tar.Read(layer.Entry);
        Stream content = Compression.Of(start) switch
        {
            null => packed,
            // The platform's own reads streams that are joined, as builders write them; that none is missing the digest tells.
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            "zstd" => new DecompressionStream(packed, 0, checkEndOfStream: true, leaveOpen: false),
            var other => throw new BadArchiveException(
                $"its layer {layer.Entry} is packed by {other}, not by gzip or zstd"
            ),
        };
        return new CheckedStream(content, _left, $"its layer {layer.Entry}", cancellationToken);
    }

    /// <summary>Refuses a layer with another digest.</summary>
    public static void Finish(CheckedStream content, ArchivedLayer layer)
    {
        if (content.Finish() is var found && found != layer.DiffId)
            throw new BadArchiveException(
                $"its layer {layer.Entry} has the digest {found} once unpacked, but the configuration tells {layer.DiffId}"
            );
    }

    private void Walk(CheckedStream content, string layer)
    {
        using var reader = new TarReader(content, leaveOpen: true);
        while (reader.GetNextEntry() is { } entry)
        {
            if (--_files < 0)
                throw new BadArchiveException($"its layers have more than {tar.Limits.Files} files");
            // A file may have a backslash in its name, and runtimes take a leading slash away.
            if (entry.Name.Split('/').Contains(".."))
                throw new BadArchiveException($"its layer {layer} has an entry '{entry.Name}' that leads out of it");
            // A hard link's target is a name of the layer; a symbolic link is followed in the container only.
            if (entry.EntryType == TarEntryType.HardLink && entry.LinkName.Split('/').Contains(".."))
                throw new BadArchiveException(
                    $"its layer {layer} has a link '{entry.Name}' that leads out of it, to '{entry.LinkName}'"
                );
        }
    }
}
