namespace ContainerHost.Proving.Archives;

/// <summary>Reads an archive as the OCI image specification lays it out ("Image Layout"): index, manifest, configuration, layers.</summary>
internal sealed class OciLayout(TarFile tar, string os)
{
    private const string ReferenceName = "org.opencontainers.image.ref.name";
    private const int MostManifests = 100;

    private readonly List<Found> _manifests = [];

    /// <summary>Finds the image for the guests' platform, of which there must be one.</summary>
    public (ImageDocuments Image, string Digest) Read()
    {
        Walk(new Part(tar.ReadDocument("index.json").Json, "index.json"), reference: null);
        var images = _manifests.DistinctBy(one => one.Digest).ToList();
        var mine = images.Where(one => one.Image.IsFor(os)).ToList();
        return mine switch
        {
            [var only] => (only.Image, only.Digest),
            [] when images.Count == 0 => throw new BadArchiveException("it has no image"),
            [] => throw new BadArchiveException(
                $"it has an image for {string.Join(", ", images.Select(one => one.Image.Platform))} only, not for {ImageDocuments.PlatformOf(os)}"
            ),
            _ => throw new BadArchiveException(
                $"it has {mine.Count} images ({string.Join(", ", mine.Select(one => one.Image.Reference ?? one.Digest))}); give each in an archive of its own"
            ),
        };
    }

    private void Walk(Part index, string? reference, int depth = 0)
    {
        foreach (var descriptor in index["manifests"].Items)
        {
            if (_manifests.Count > MostManifests || depth > 3)
                throw new BadArchiveException("its indexes point to too many manifests");
            // What builders write beside images about how they were made.
            if (descriptor["platform"]["os"].OptionalText == "unknown")
                continue;
            var name = NameIn(descriptor) ?? reference;
            // An index of several platforms may come with those alone that were pulled.
            if (depth > 0 && !tar.Has($"blobs/sha256/{descriptor["digest"].Text.Split(':')[^1]}"))
                continue;
            var entry = Blob.Entry(tar, descriptor);
            var document = new Part(tar.ReadDocument(entry).Json, entry);
            if (document["manifests"].Node is not null)
                Walk(document, name, depth + 1);
            else
                _manifests.Add(new Found(descriptor["digest"].Text, Open(document, name)));
        }
    }

    // containerd tells the whole name, others a tag alone.
    private static string? NameIn(Part descriptor) =>
        descriptor["annotations"]["io.containerd.image.name"].OptionalText
        ?? descriptor["annotations"][ReferenceName].OptionalText;

    private ImageDocuments Open(Part manifest, string? reference)
    {
        var entry = Blob.Entry(tar, manifest["config"]);
        var layers = manifest["layers"].Items.Select(layer => (Blob.Entry(tar, layer), (string?)layer["digest"].Text));
        return ImageDocuments.Read(tar, reference, entry, [.. layers]);
    }

    private sealed record Found(string Digest, ImageDocuments Image);
}
