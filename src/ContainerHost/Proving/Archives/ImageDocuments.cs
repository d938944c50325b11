namespace ContainerHost.Proving.Archives;

/// <summary>An image as its documents describe it, before its layers are read.</summary>
internal sealed record ImageDocuments
{
    private const string Machine = "amd64";

    public required string? Reference { get; init; }
    public required byte[] Config { get; init; }
    public required string Os { get; init; }
    public required string Architecture { get; init; }
    public required IReadOnlyList<string> Command { get; init; }
    public required IReadOnlyList<string> EntryPoint { get; init; }
    public required IReadOnlyList<ArchivedLayer> Layers { get; init; }

    public string ImageId => Blob.DigestOf(Config);

    public string Platform => $"{Os}/{Architecture}";

    public static string PlatformOf(string os) => $"{os}/{Machine}";

    public bool IsFor(string os) => Platform == PlatformOf(os);

    /// <summary>Reads the configuration, and pairs its list of layers with the entries that hold them.</summary>
    public static ImageDocuments Read(
        TarFile tar,
        string? reference,
        string configEntry,
        IReadOnlyList<(string Entry, string? Digest)> layers
    )
    {
        var (json, bytes) = tar.ReadDocument(configEntry);
        var config = new Part(json, configEntry);
        // "docker save" names it by its digest up to release 24.
        if (configEntry is { Length: 69 } && configEntry.EndsWith(".json", StringComparison.Ordinal))
        {
            if (Blob.DigestOf(bytes) != $"sha256:{configEntry[..64]}")
                throw new BadArchiveException(
                    $"its {configEntry} is damaged: it has the digest {Blob.DigestOf(bytes)}"
                );
        }
        var ids = config["rootfs"]["diff_ids"].Items;
        if (ids.Count != layers.Count)
            throw new BadArchiveException(
                $"its configuration tells of {ids.Count} layers, its manifest of {layers.Count}"
            );
        return new ImageDocuments
        {
            Reference = reference,
            Config = bytes,
            Os = config["os"].Text,
            Architecture = config["architecture"].Text,
            EntryPoint = [.. Words(config["config"]["Entrypoint"])],
            Command = [.. Words(config["config"]["Entrypoint"]), .. Words(config["config"]["Cmd"])],
            Layers =
            [
                .. layers.Zip(
                    ids,
                    (layer, id) =>
                        new ArchivedLayer(
                            layer.Entry,
                            layer.Digest,
                            Blob.RequireDigest(id.Text, id.Place),
                            tar.SizeOf(layer.Entry)
                        )
                ),
            ],
        };
    }

    private static IEnumerable<string> Words(Part list) => list.Items.Select(word => word.Text);
}
