using System.Text.Json;
using System.Text.RegularExpressions;

namespace ContainerHost.Specification;

/// <summary>Reads a catalogue whole: every problem is a sentence, and a catalogue with one counts for nothing.</summary>
/// <param name="folder">The folder that the paths in it start from.</param>
/// <param name="problems">Where the sentences go.</param>
internal sealed partial class CatalogReader(string folder, ICollection<string> problems)
{
    private static readonly string[] Fields = ["$schema", "schemaVersion", "media", "images"];
    private static readonly string[] OfMedia = ["guest", "title", "url", "size", "sha256", "terms"];
    private static readonly string[] OfImages = ["guest", "title", "image", "sha256", "digests"];

    /// <summary>True for what may be the id of a guest.</summary>
    public static bool IsId(string text) => Id().IsMatch(text);

    public MediaCatalog Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement);
        }
        catch (JsonException broken)
        {
            problems.Add($"it is no JSON from line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1} on.");
            return new MediaCatalog([], []);
        }
    }

    private MediaCatalog Read(JsonElement json)
    {
        var root = new CatalogObject("the file", json, Fields, problems);
        if (!root.IsObject)
            return new MediaCatalog([], []);
        root.Text("$schema");
        if (root.Size("schemaVersion") != 1)
            problems.Add("it must have schemaVersion 1.");
        var media = root.List("media");
        var images = root.List("images");
        if (!json.TryGetProperty("media", out _) && !json.TryGetProperty("images", out _))
            problems.Add("it must have a list 'media' of Windows, a list 'images' of Linux, or both.");
        var read = new MediaCatalog(
            [.. media.Select(one => ReadMedium(one.Place, one.Json)).OfType<WindowsMedium>()],
            [.. images.Select(one => ReadImage(one.Place, one.Json)).OfType<LinuxImage>()]
        );
        var ids = read.Media.Select(one => one.Guest).Concat(read.Images.Select(one => one.Guest));
        foreach (var twice in ids.GroupBy(id => id, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
            problems.Add($"the guest '{twice.Key}' stands in it {twice.Count()} times.");
        return read;
    }

    private WindowsMedium? ReadMedium(string place, JsonElement json)
    {
        var entry = new CatalogObject(place, json, OfMedia, problems);
        if (!entry.IsObject)
            return null;
        var id = ReadId(place, entry);
        if (!id.StartsWith(MediaCatalog.IdPrefix, StringComparison.Ordinal))
            problems.Add(
                $"the guest '{id}' of {place} must have an id that begins with {MediaCatalog.IdPrefix}; images of Linux stand in 'images'."
            );
        var url = ReadAddress(entry, "url");
        if (url is null)
            problems.Add($"'url' of {place} must be an address that begins with https:// or http://.");
        var sha256 = ReadDigest(entry);
        if (sha256 is null)
            problems.Add($"'sha256' of {place} must be 64 hexadecimal digits.");
        var terms = ReadAddress(entry, "terms");
        if (terms is null)
            problems.Add($"'terms' of {place} must be the address of its licence terms.");
        return new WindowsMedium(id, ReadTitle(place, entry), url!, entry.Size("size"), sha256!, terms!);
    }

    private LinuxImage? ReadImage(string place, JsonElement json)
    {
        var entry = new CatalogObject(place, json, OfImages, problems);
        if (!entry.IsObject)
            return null;
        var id = ReadId(place, entry);
        if (id.StartsWith(MediaCatalog.IdPrefix, StringComparison.Ordinal))
            problems.Add($"the guest '{id}' of {place} is Windows by its id; give an image of Linux another.");
        if (GuestCatalog.IsOurs(id))
            problems.Add($"the guest '{id}' of {place} is one of ContainerHost's own; give yours another id.");
        var image = entry.Text("image") ?? "";
        var isUrl = PathOrUrl.IsUrl(image);
        if (image.Length == 0 || (isUrl && ReadAddress(entry, "image") is not { Segments: [.., not "/"] }))
            problems.Add(
                $"'image' of {place} must be a path, or the address of a file that begins with https:// or http://."
            );
        var sha256 = ReadDigest(entry);
        // One that cannot be read must not count as none: the image would be used unchecked.
        if (sha256 is null && entry.Text("sha256") is not null)
            problems.Add($"'sha256' of {place} must be 64 hexadecimal digits.");
        var digests = entry.Text("digests");
        if (isUrl && (sha256 is null) == (digests is null))
            problems.Add(
                $"{place} needs either 'sha256' of 64 hexadecimal digits, or 'digests': the list that is published with the image, such as SHA256SUMS."
            );
        if (!isUrl && digests is not null)
            problems.Add($"'digests' of {place} is for an address; give the SHA-256 of a file with 'sha256'.");
        return new LinuxImage(
            id,
            ReadTitle(place, entry),
            isUrl || image.Length == 0 ? image : Path.GetFullPath(image, folder),
            sha256,
            digests
        );
    }

    private string ReadId(string place, CatalogObject entry)
    {
        var id = entry.Text("guest") ?? "";
        if (!IsId(id))
            problems.Add($"'guest' of {place} must be an id of small letters, digits, dots and hyphens.");
        return id;
    }

    private string ReadTitle(string place, CatalogObject entry)
    {
        var title = entry.Text("title");
        if (string.IsNullOrWhiteSpace(title))
            problems.Add($"{place} needs a title.");
        return title ?? "";
    }

    private static Uri? ReadAddress(CatalogObject entry, string name) =>
        Uri.TryCreate(entry.Text(name), UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? address
            : null;

    private static string? ReadDigest(CatalogObject entry)
    {
        var digest = PathOrUrl.Digest(entry.Text("sha256") ?? "");
        return digest is { Length: 64 } && digest.All(char.IsAsciiHexDigit) ? digest.ToLowerInvariant() : null;
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
