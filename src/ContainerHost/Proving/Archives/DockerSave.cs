namespace ContainerHost.Proving.Archives;

/// <summary>Reads an archive as "docker save" writes it (Docker's image specification 1.2, "Combined Image JSON + Filesystem Changeset Format").</summary>
internal static class DockerSave
{
    public const string List = "manifest.json";

    public static ImageDocuments Read(TarFile tar)
    {
        var images = new Part(tar.ReadDocument(List).Json, List).Items;
        if (images is not [var image])
        {
            var names = images.Select(one => NameIn(one) ?? "one without a name");
            throw new BadArchiveException(
                images.Count == 0
                    ? "it has no image"
                    : $"it has {images.Count} images ({string.Join(", ", names)}); give each in an archive of its own"
            );
        }
        var layers = image["Layers"].Items.Select(layer => (Entry(tar, layer), (string?)null));
        return ImageDocuments.Read(tar, NameIn(image), Entry(tar, image["Config"]), [.. layers]);
    }

    private static string? NameIn(Part image) => image["RepoTags"].Items is [var first, ..] ? first.OptionalText : null;

    private static string Entry(TarFile tar, Part name)
    {
        var entry =
            TarNames.Clean(name.Text)
            ?? throw new BadArchiveException($"its {name.Place} leads out of it, to '{name.Text}'");
        return tar.Has(entry)
            ? entry
            : throw new BadArchiveException($"it lacks {entry}, to which its {name.Place} points");
    }
}
