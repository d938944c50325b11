using System.Text.Json;
using ContainerHost.Files;

namespace ContainerHost.Specification;

/// <summary>The installation media that guests are made from, as docs/schema/catalog.schema.json describes it.</summary>
internal sealed record MediaCatalog(int SchemaVersion, IReadOnlyList<WindowsMedium> Media)
{
    /// <summary>What every id of a Windows guest begins with.</summary>
    public const string IdPrefix = "windows-server-";

    /// <summary>The catalogue that comes with the library: Microsoft's evaluation media.</summary>
    public static MediaCatalog Own { get; } =
        JsonSerializer.Deserialize<MediaCatalog>(
            EmbeddedText.Load("Specification.windows-media.json"),
            SpecificationJson.Options
        )!;

    /// <summary>Ours with the user's entries added, or put in the place of those with the same id.</summary>
    public MediaCatalog With(MediaCatalog other)
    {
        var ids = other.Media.Select(medium => medium.Guest).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return this with { Media = [.. Media.Where(medium => !ids.Contains(medium.Guest)), .. other.Media] };
    }

    public WindowsMedium? Find(string guest) =>
        Media.FirstOrDefault(medium => medium.Guest.Equals(guest, StringComparison.OrdinalIgnoreCase));

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
        try
        {
            var read = JsonSerializer.Deserialize<MediaCatalog>(File.ReadAllText(path), SpecificationJson.Options);
            var wrong = Check(read).ToList();
            wrong.ForEach(problem => problems.Add($"--catalog '{path}': {problem}"));
            return wrong.Count == 0 ? Own.With(read!) : Own;
        }
        catch (JsonException damaged)
        {
            problems.Add($"--catalog '{path}' is not valid: {damaged.Message}");
            return Own;
        }
    }

    private static IEnumerable<string> Check(MediaCatalog? read)
    {
        if (read is not { SchemaVersion: 1, Media: not null })
        {
            yield return "it must have schemaVersion 1 and a list 'media'.";
            yield break;
        }
        foreach (var medium in read.Media)
        {
            if (medium.Guest?.StartsWith(IdPrefix, StringComparison.Ordinal) != true)
                yield return $"the guest '{medium.Guest}' must have an id that begins with {IdPrefix}.";
            if (string.IsNullOrWhiteSpace(medium.Title))
                yield return $"the guest '{medium.Guest}' needs a title.";
            if (medium.Url is not { IsAbsoluteUri: true, Scheme: "https" or "http" })
                yield return $"the guest '{medium.Guest}' needs a url that begins with https:// or http://.";
            if (medium.Sha256 is not { Length: 64 } digest || !digest.All(char.IsAsciiHexDigit))
                yield return $"the guest '{medium.Guest}' needs a sha256 of 64 hexadecimal digits.";
            if (medium.Terms is not { IsAbsoluteUri: true })
                yield return $"the guest '{medium.Guest}' needs the address of its licence terms.";
        }
    }
}
