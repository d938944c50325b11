using System.Text.RegularExpressions;
using ContainerHost.Media;
using ContainerHost.Specification;

namespace ContainerHost.Proving;

internal enum ImageKind
{
    /// <summary>A name in a registry.</summary>
    Reference,

    /// <summary>An archive on this machine, or at an address.</summary>
    Archive,
}

/// <summary>One image of <c>--image</c>: a reference in full, or an archive's absolute path or address, and the SHA-256 that its file must have.</summary>
internal sealed partial record ImageSource(ImageKind Kind, string Location, string? Sha256)
{
    private const string Allowed =
        "Allowed: a reference such as docker.io/library/nginx:1.29, or an archive of an image by path or URL";

    /// <summary>The image as it may be shown: without credentials.</summary>
    public string Shown => PublicAddress.Of(Location);

    /// <summary>Reads the parameter, whose images have commas between; every problem is added to the list.</summary>
    public static IReadOnlyList<ImageSource> ReadAll(string? text, ICollection<string> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            problems.Add($"--image says what to prove. {Allowed}; several with commas.");
            return [];
        }
        var words = text.Split(',', StringSplitOptions.TrimEntries);
        if (words.Contains(""))
            problems.Add($"--image '{text}' has an empty place between its commas.");
        var images = words.Where(word => word.Length > 0).Select(word => Read(word, problems)).OfType<ImageSource>();
        var list = images.ToList();
        foreach (var twice in list.GroupBy(image => image.Location).Where(group => group.Count() > 1))
            problems.Add($"--image has '{twice.First().Shown}' twice.");
        return list;
    }

    private static ImageSource? Read(string word, ICollection<string> problems)
    {
        var mark = word.LastIndexOf("#sha256=", StringComparison.OrdinalIgnoreCase);
        var (location, sha256) = mark < 0 ? (word, null) : (word[..mark], word[(mark + 8)..].ToLowerInvariant());
        var before = problems.Count;
        if (sha256 is not null && !Hex().IsMatch(sha256))
            problems.Add(
                $"--image '{PublicAddress.Of(word)}' is not valid: after #sha256= stand 64 hexadecimal digits."
            );
        ImageSource? image =
            PathOrUrl.IsUrl(location) ? ReadAddress(location, sha256, problems)
            : IsPath(location) ? ReadPath(location, sha256, problems)
            : ReadReference(location, sha256, problems);
        return problems.Count == before ? image : null;
    }

    private static ImageSource ReadAddress(string location, string? sha256, ICollection<string> problems)
    {
        var shown = PublicAddress.Of(location);
        if (!Uri.TryCreate(location, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            problems.Add($"--image '{shown}' is not valid. {Allowed} that starts with http:// or https://.");
        else if (sha256 is null)
            problems.Add(
                $"--image '{shown}' needs its digest, as {shown}#sha256=...: what is fetched is checked against it."
            );
        return new ImageSource(ImageKind.Archive, location, sha256);
    }

    private static ImageSource ReadPath(string location, string? sha256, ICollection<string> problems)
    {
        if (Directory.Exists(location))
            problems.Add($"--image '{location}' is a folder. Pack it: tar -c -f image.tar -C {location} .");
        else if (!File.Exists(location))
            problems.Add($"--image '{location}' is not valid. {Allowed}; there is no such file.");
        return new ImageSource(ImageKind.Archive, Path.GetFullPath(location), sha256);
    }

    private static ImageSource? ReadReference(string location, string? sha256, ICollection<string> problems)
    {
        if (ImageReference.Normalize(location) is not { } full)
        {
            problems.Add($"--image '{location}' is not valid. {Allowed}.");
            return null;
        }
        if (sha256 is not null)
            problems.Add($"--image '{location}' is a reference, whose digest is written as {location}@sha256:...");
        return new ImageSource(ImageKind.Reference, full, null);
    }

    private static bool IsPath(string text) =>
        File.Exists(text)
        || Directory.Exists(text)
        || text.Contains('\\', StringComparison.Ordinal)
        || Paths().IsMatch(text);

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hex();

    // A reference begins with none of these, and an archive's ending is no likely end of one.
    [GeneratedRegex(@"^(?:[/~.]|[a-z]:)|\.(?:tar|tgz|tar\.gz|tar\.zst|tar\.xz|oci)$", RegexOptions.IgnoreCase)]
    private static partial Regex Paths();
}
