using System.Text.RegularExpressions;

namespace ContainerHost.Specification;

/// <summary>Parameters that take a file of this machine or an address, with the digest that it must have.</summary>
internal static partial class PathOrUrl
{
    public static bool IsUrl(string pathOrUrl) => pathOrUrl.Contains("://", StringComparison.Ordinal);

    // A later run may be started from another folder.
    public static string Absolute(string pathOrUrl) =>
        pathOrUrl.Length == 0 || IsUrl(pathOrUrl) ? pathOrUrl : Path.GetFullPath(pathOrUrl);

    /// <summary>The digest in a text, in lower case: the text itself, after <c>sha256:</c>, or in a line as sha256sum writes it; any other text as it is.</summary>
    public static string Digest(string text) =>
        Digests().Match(text) is { Success: true } found ? found.Groups[1].Value.ToLowerInvariant() : text;

    [GeneratedRegex(
        @"^\s*(?:sha256:|\\|SHA256 \(.*\) = )?([0-9a-f]{64})(?:[ \t]+\*?\S.*)?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Digests();

    // Input is told as it was typed, but for passwords.
    [GeneratedRegex(@"://[^/\s]*@|\?.*$")]
    private static partial Regex Credentials();

    /// <summary>What is wrong with both; the digest's parameter is the first one's with <c>-sha256</c>.</summary>
    public static IEnumerable<string> Check(string parameter, string? value, string? sha256)
    {
        if (sha256 is not null && (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit)))
            yield return $"{parameter}-sha256 '{sha256}' is not valid. Allowed: 64 hexadecimal digits.";
        if (sha256 is not null && value is null)
            yield return $"{parameter}-sha256 needs {parameter}.";
        if (value is null)
            yield break;
        if (!IsUrl(value))
        {
            if (!File.Exists(value))
                yield return $"{parameter} '{value}' is not valid. Allowed: an existing file, or a URL; there is no such file.";
            yield break;
        }
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            yield return $"{parameter} '{Credentials().Replace(value, "://")}' is not valid. Allowed: an existing file, or a URL that starts with http:// or https://.";
        if (sha256 is null)
            yield return $"{parameter} with a URL needs {parameter}-sha256: what is fetched is checked against a pinned digest.";
    }
}
