using ContainerHost.Files;

namespace ContainerHost.Specification;

/// <summary>The media and images that guests are made from, as docs/schema/catalog.schema.json describes it.</summary>
internal sealed record MediaCatalog(IReadOnlyList<WindowsMedium> Media, IReadOnlyList<LinuxImage> Images)
{
    /// <summary>What every id of a Windows guest begins with, and no other.</summary>
    public const string IdPrefix = "windows-server-";

    /// <summary>The catalogue that comes with the library: Microsoft's evaluation media.</summary>
    public static MediaCatalog Own { get; } =
        new CatalogReader("", []).Read(EmbeddedText.Load("Specification.windows-media.json"));

    /// <summary>Ours with the user's entries added, or put in the place of those with the same id.</summary>
    public MediaCatalog With(MediaCatalog other)
    {
        var ids = other.Media.Select(medium => medium.Guest).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new MediaCatalog(
            [.. Media.Where(medium => !ids.Contains(medium.Guest)), .. other.Media],
            [.. Images, .. other.Images]
        );
    }

    public WindowsMedium? Find(string guest) =>
        Media.FirstOrDefault(medium => medium.Guest.Equals(guest, StringComparison.OrdinalIgnoreCase));

    public LinuxImage? FindImage(string guest) =>
        Images.FirstOrDefault(image => image.Guest.Equals(guest, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads ours and, over it, a file of the user's; null for ours alone. What is wrong with the file goes to the problems.</summary>
    public static MediaCatalog Read(string? path, ICollection<string> problems)
    {
        if (path is null)
            return Own;
        if (!File.Exists(path))
        {
            problems.Add($"--catalog '{path}' is not valid. Allowed: an existing file; there is no such file.");
            return Own;
        }
        var wrong = new List<string>();
        try
        {
            // It is read again whenever the guest is looked up, which a pipe cannot be; opening one might wait for ever.
            if (new FileInfo(path).Length == 0)
                wrong.Add("it is empty, or no plain file.");
            else if (
                new CatalogReader(Path.GetDirectoryName(Path.GetFullPath(path))!, wrong).Read(File.ReadAllText(path))
                    is var read
                && wrong.Count == 0
            )
                return Own.With(read);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            wrong.Add($"it cannot be read: {failed.Message}");
        }
        wrong.ForEach(problem => problems.Add($"--catalog '{path}': {problem}"));
        return Own;
    }
}
