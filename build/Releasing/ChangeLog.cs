using System.Globalization;
using System.Text.RegularExpressions;

namespace Releasing;

/// <summary>The newest section of a change log in the format of keepachangelog.com.</summary>
internal sealed partial record ChangeLog(string Version, string When, string Notes)
{
    public static ChangeLog Read(string path) => Parse(File.ReadAllText(path));

    public static ChangeLog Parse(string text)
    {
        var sections = Headings().Matches(text);
        if (sections.Count == 0)
            return new ChangeLog("", "", "");
        var newest = sections[0];
        var end = sections.Count > 1 ? sections[1].Index : text.Length;
        return new ChangeLog(
            newest.Groups["version"].Value,
            newest.Groups["when"].Value,
            text[(newest.Index + newest.Length)..end].Trim()
        );
    }

    /// <summary>What is wrong with it for a release of a version.</summary>
    public IEnumerable<string> ProblemsFor(string version)
    {
        if (Version != version)
            yield return Version.Length == 0
                ? $"CHANGELOG.md has no section; the newest must be '## {version} - YYYY-MM-DD'."
                : $"CHANGELOG.md's newest section is of '{Version}', and Directory.Build.props says {version}.";
        else if (!DateOnly.TryParseExact(When, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            yield return $"CHANGELOG.md's section of {version} has no date but '{When}'; write '## {version} - YYYY-MM-DD'.";
        if (Version.Length > 0 && Notes.Length == 0)
            yield return $"CHANGELOG.md's section of {Version} is empty.";
    }

    [GeneratedRegex(@"^## +\[?(?<version>[^\]\s]+)\]?[ \-–(]*(?<when>[^)\r\n]*?)\)?\r?$", RegexOptions.Multiline)]
    private static partial Regex Headings();
}
