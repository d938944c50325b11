using System.Text.RegularExpressions;

namespace ContainerHost.Media.Releases;

/// <summary>Reads the lists of digests that are published beside files.</summary>
internal static partial class ChecksumList
{
    /// <summary>The names under which a release may have the SHA-256 of a file, the most telling first.</summary>
    public static IEnumerable<string> NamesFor(string file) =>
        [$"{file}.sha256sum", $"{file}.sha256", "SHA256SUMS", "sha256sum.txt", "checksums.txt"];

    /// <summary>The file's digest of so many hex digits, in lower case, by a list as <c>sha256sum</c> writes it, or by a file with nothing but the digest.</summary>
    public static string? Find(string list, string file, int digits = 64)
    {
        var lines = list.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
        {
            var match = Line().Match(line);
            var name = match.Groups["name"].Value.TrimStart('*').Split('/', '\\')[^1];
            if (match.Groups["digest"].Length == digits && name == file)
                return match.Groups["digest"].Value.ToLowerInvariant();
        }
        return lines is [var only] && only.Trim().Length == digits && Hex().IsMatch(only.Trim())
            ? only.Trim().ToLowerInvariant()
            : null;
    }

    // As sha256sum writes it, of an odd name after a backslash, and with --tag as BSD's programs do.
    [GeneratedRegex(
        @"^\s*(?:\\?(?<digest>[0-9a-fA-F]+)\s+(?<name>\S.*?)|SHA\d+ ?\((?<name>.+)\) ?= ?(?<digest>[0-9a-fA-F]+))\s*$"
    )]
    private static partial Regex Line();

    [GeneratedRegex("^[0-9a-fA-F]+$")]
    private static partial Regex Hex();
}
