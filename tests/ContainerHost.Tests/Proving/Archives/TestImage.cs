using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ContainerHost.Tests.Proving.Archives;

/// <summary>A small image, laid out by hand, each part of which a test may falsify before it is packed.</summary>
internal sealed class TestImage
{
    public string Os { get; init; } = "linux";
    public string Architecture { get; init; } = "amd64";
    public string? Name { get; init; } = "registry.example/app:1";

    /// <summary>The layers, unpacked, the lowest first.</summary>
    public IReadOnlyList<byte[]> Layers { get; init; } =
    [Tar(("bin/app", "first")), Tar(("etc/app.conf", "second"), ("usr/share/app", "more"))];

    /// <summary>How layers lie in an OCI layout.</summary>
    public Func<byte[], byte[]> Packing { get; init; } = Gzip;

    public string ImageId => Digest(Config);

    public byte[] Config =>
        Json(
            new
            {
                architecture = Architecture,
                os = Os,
                config = new { Entrypoint = (string[])["/bin/app"], Cmd = (string[])["serve"] },
                rootfs = new { type = "layers", diff_ids = Layers.Select(Digest) },
            }
        );

    public byte[] Manifest =>
        Json(
            new
            {
                schemaVersion = 2,
                config = Descriptor(Config),
                layers = Layers.Select(layer => Descriptor(Packing(layer))),
            }
        );

    /// <summary>The entries of an OCI layout.</summary>
    public Dictionary<string, byte[]> Oci()
    {
        var annotations = new Dictionary<string, string>();
        if (Name is not null)
            annotations["org.opencontainers.image.ref.name"] = Name;
        var (digest, size) = (Digest(Manifest), Manifest.Length);
        var entries = new Dictionary<string, byte[]>
        {
            ["oci-layout"] = Json(new { imageLayoutVersion = "1.0.0" }),
            ["index.json"] = Json(
                new
                {
                    schemaVersion = 2,
                    manifests = (object[])
                        [
                            new
                            {
                                digest,
                                size,
                                annotations,
                            },
                        ],
                }
            ),
        };
        foreach (var blob in Layers.Select(Packing).Append(Config).Append(Manifest))
            entries[BlobOf(blob)] = blob;
        return entries;
    }

    /// <summary>The entries as "docker save" writes them.</summary>
    public Dictionary<string, byte[]> Docker()
    {
        var config = $"{ImageId[7..]}.json";
        var entries = Layers.ToDictionary(layer => $"{Digest(layer)[7..]}.tar");
        entries[config] = Config;
        entries["manifest.json"] = Json(
            (object[])
                [
                    new
                    {
                        Config = config,
                        RepoTags = Name is null ? null : (string[])[Name],
                        Layers = Layers.Select(layer => $"{Digest(layer)[7..]}.tar"),
                    },
                ]
        );
        return entries;
    }

    public static string BlobOf(byte[] content) => $"blobs/sha256/{Digest(content)[7..]}";

    public static string Digest(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    public static byte[] Json(object document) => JsonSerializer.SerializeToUtf8Bytes(document);

    public static object Descriptor(byte[] content) => new { digest = Digest(content), size = content.Length };

    public static byte[] Tar(params (string Name, string Text)[] files) =>
        Pack(files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text))));

    public static byte[] Pack(Dictionary<string, byte[]> entries) =>
        Pack(entries.Select(entry => (entry.Key, entry.Value)));

    public static byte[] Pack(IEnumerable<(string Name, byte[] Content)> entries) =>
        Pack([
            .. entries.Select(entry => new UstarTarEntry(TarEntryType.RegularFile, entry.Name)
            {
                DataStream = new MemoryStream(entry.Content),
                ModificationTime = DateTimeOffset.UnixEpoch,
            }),
        ]);

    public static byte[] Pack(params IReadOnlyList<TarEntry> entries)
    {
        using var file = new MemoryStream();
        using (var writer = new TarWriter(file, leaveOpen: true))
        {
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        }
        return file.ToArray();
    }

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return packed.ToArray();
    }

    public static byte[] Zstd(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zstd = new SharpCompress.Compressors.ZStandard.CompressionStream(packed, leaveOpen: true))
            zstd.Write(content);
        return packed.ToArray();
    }
}
