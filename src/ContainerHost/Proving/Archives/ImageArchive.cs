using System.Formats.Tar;
using System.Text.Json;
using ContainerHost.Media;
using SharpCompress.Common;

namespace ContainerHost.Proving.Archives;

/// <summary>Archives of an image: read whole, and written anew for a host, whose runtimes all know one form.</summary>
internal static class ImageArchive
{
    /// <summary>Reads the archive from its first byte to its last.</summary>
    /// <exception cref="BadArchiveException">It is no archive of an image for guests of that system, or not what it says it is.</exception>
    public static async Task<ArchivedImage> ReadAsync(
        string path,
        string os,
        CancellationToken cancellationToken,
        ArchiveLimits? limits = null
    )
    {
        var sha256 = await CheckedFile.ComputeAsync(path, cancellationToken);
        return await Task.Run(
            () => Guard(() => Read(path, sha256, os, limits ?? ArchiveLimits.Default, cancellationToken)),
            cancellationToken
        );
    }

    /// <summary>
    /// Writes the image into an archive as "docker save" does, under that name alone: its configuration byte for byte, so that it keeps its id,
    /// and its layers unpacked.
    /// </summary>
    /// <exception cref="BadArchiveException">The archive has changed since it was read.</exception>
    public static Task WriteAsync(
        ArchivedImage image,
        string name,
        string target,
        CancellationToken cancellationToken
    ) => Task.Run(() => Guard(() => Write(image, name, target, cancellationToken)), cancellationToken);

    private static ArchivedImage Read(
        string path,
        string sha256,
        string os,
        ArchiveLimits limits,
        CancellationToken cancellationToken
    )
    {
        using var tar = TarFile.Open(path, limits, cancellationToken);
        foreach (var blob in tar.Names.Where(name => Blob.DigestIn(name) is not null))
            Blob.Check(tar, blob, cancellationToken);
        var (image, digest) =
            tar.Has("index.json") && tar.Has("oci-layout") ? new OciLayout(tar, os).Read()
            : tar.Has(DockerSave.List) ? (DockerSave.Read(tar), (string?)null)
            : throw new BadArchiveException(
                "it has neither an index.json with oci-layout (OCI) nor a manifest.json (docker save)"
            );
        if (!image.IsFor(os))
            throw new BadArchiveException(
                $"it has an image for {image.Platform} only, not for {ImageDocuments.PlatformOf(os)}"
            );
        var layers = new LayerReader(tar, cancellationToken);
        return new ArchivedImage
        {
            Path = path,
            FileSha256 = sha256,
            Reference = image.Reference,
            ManifestDigest = digest,
            ImageId = image.ImageId,
            Config = image.Config,
            Os = image.Os,
            Architecture = image.Architecture,
            Command = image.Command,
            EntryPoint = image.EntryPoint,
            Layers = [.. image.Layers.Select(layers.Check)],
        };
    }

    private static bool Write(ArchivedImage image, string name, string target, CancellationToken cancellationToken)
    {
        using var tar = TarFile.Open(image.Path, ArchiveLimits.Default, cancellationToken);
        var layers = new LayerReader(tar, cancellationToken);
        using var file = File.Create(target);
        using var writer = new TarWriter(file, TarEntryFormat.Pax);
        foreach (var layer in image.Layers.DistinctBy(layer => layer.DiffId))
        {
            using var content = layers.Open(layer);
            writer.WriteEntry(Entry(LayerName(layer), content));
            LayerReader.Finish(content, layer);
        }
        var config = $"{image.ImageId[7..]}.json";
        writer.WriteEntry(Entry(config, new MemoryStream(image.Config)));
        object[] list =
        [
            new
            {
                Config = config,
                RepoTags = (string[])[name],
                Layers = image.Layers.Select(LayerName),
            },
        ];
        writer.WriteEntry(Entry(DockerSave.List, new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(list))));
        return true;
    }

    private static string LayerName(ArchivedLayer layer) => $"{layer.DiffId[7..]}.tar";

    private static PaxTarEntry Entry(string name, Stream content) =>
        new(TarEntryType.RegularFile, name) { DataStream = content };

    // What the platform's readers throw at bytes that are no archive, such as half of a surrogate pair in a document.
    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception broken)
            when (broken
                    is InvalidDataException
                        or InvalidOperationException
                        or EndOfStreamException
                        or FormatException
                        or ArgumentException
                        or OverflowException
                        or NotSupportedException
                        or SharpCompressException
            )
        {
            throw new BadArchiveException($"it is damaged, or no archive: {broken.Message}", broken);
        }
    }
}
