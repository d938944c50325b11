namespace ContainerHost.Specification;

/// <summary>Parameters that take a file of this machine or an address, with the digest that it must have.</summary>
internal static class PathOrUrl
{
    public static bool IsUrl(string pathOrUrl) => pathOrUrl.Contains("://", StringComparison.Ordinal);

    // A later run may be started from another folder.
    public static string Absolute(string pathOrUrl) =>
        pathOrUrl.Length == 0 || IsUrl(pathOrUrl) ? pathOrUrl : Path.GetFullPath(pathOrUrl);

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
            yield return $"{parameter} '{value}' is not valid. Allowed: an existing file, or a URL that starts with http:// or https://.";
        if (sha256 is null)
            yield return $"{parameter} with a URL needs {parameter}-sha256: what is fetched is checked against a pinned digest.";
    }
}
