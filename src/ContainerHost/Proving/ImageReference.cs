using System.Text.RegularExpressions;

namespace ContainerHost.Proving;

/// <summary>Names of images in registries, by the grammar of distribution's "reference" package and with Docker's defaults.</summary>
internal static partial class ImageReference
{
    private const int LongestName = 255;

    /// <summary>The name in full, such as <c>docker.io/library/nginx:latest</c> for nginx; null for what is no reference.</summary>
    public static string? Normalize(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success)
            return null;
        var (name, tag, digest) = (match.Groups["name"].Value, match.Groups["tag"], match.Groups["digest"]);
        var first = name.Split('/')[0];
        if (!name.Contains('/', StringComparison.Ordinal))
            name = $"docker.io/library/{name}";
        else if (first != "localhost" && first.IndexOfAny(['.', ':']) < 0 && !first.Any(char.IsAsciiLetterUpper))
            name = $"docker.io/{name}";
        // Only a registry's own name may have capitals.
        var path = name[name.IndexOf('/', StringComparison.Ordinal)..];
        if (name.Length > LongestName || path.Any(char.IsAsciiLetterUpper))
            return null;
        return $"{name}{(tag.Success || digest.Success ? tag.Value : ":latest")}{digest.Value}";
    }

    [GeneratedRegex(
        @"^(?<name>(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?/)?[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*)"
            + @"(?<tag>:\w[\w.-]{0,127})?(?<digest>@sha256:[0-9a-f]{64})?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Pattern();
}
