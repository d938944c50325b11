namespace ContainerHost.Media.DebianImage;

/// <summary>Reads apt's configured sources in both formats (sources.list(5)), and keeps those of one Debian release's own archive.</summary>
internal static class AptSources
{
    /// <summary>The sources of a release that this machine is configured with; Debian's public archive where there are none, as on another distribution.</summary>
    public static IReadOnlyList<AptSource> Of(string release, string aptFolder)
    {
        var parts = Path.Combine(aptFolder, "sources.list.d");
        var lists = new[] { Path.Combine(aptFolder, "sources.list") }
            .Concat(FilesIn(parts, "*.list"))
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .SelectMany(ParseLine);
        var stanzas = FilesIn(parts, "*.sources").SelectMany(path => ParseStanzas(File.ReadAllText(path)));
        var ours = lists.Concat(stanzas).Where(source => IsOf(source, release)).Distinct().ToList();
        return ours.Count > 0
            ? ours
            :
            [
                new AptSource("", "http://deb.debian.org/debian", release, "main"),
                new AptSource("", "http://deb.debian.org/debian", $"{release}-updates", "main"),
                new AptSource("", "http://security.debian.org/debian-security", $"{release}-security", "main"),
            ];
    }

    /// <summary>Reads one line of the one-line format; nothing for comments and source packages.</summary>
    internal static IEnumerable<AptSource> ParseLine(string line)
    {
        var text = line.Split('#')[0].Trim();
        if (!text.StartsWith("deb ", StringComparison.Ordinal) && !text.StartsWith("deb\t", StringComparison.Ordinal))
            yield break;
        text = text[4..].Trim();
        var options = "";
        if (text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is var end and > 0)
        {
            options = text[1..end].Trim();
            text = text[(end + 1)..];
        }
        if (Words(text) is [var uri, var suite, .. var components])
            yield return new AptSource(options, uri, suite, string.Join(' ', components));
    }

    /// <summary>Reads the stanzas of the deb822 format; one source for each address and suite.</summary>
    internal static IEnumerable<AptSource> ParseStanzas(string text)
    {
        foreach (var stanza in text.ReplaceLineEndings("\n").Split("\n\n"))
        {
            var fields = stanza
                .Split('\n')
                .Where(line =>
                    !line.StartsWith('#') && line.Contains(':', StringComparison.Ordinal) && !char.IsWhiteSpace(line[0])
                )
                .Select(line => line.Split(':', 2))
                .ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
            var enabled = !fields.GetValueOrDefault("Enabled", "yes").Equals("no", StringComparison.OrdinalIgnoreCase);
            if (!enabled || !Words(fields.GetValueOrDefault("Types", "")).Contains("deb"))
                continue;
            string[] options =
            [
                .. fields.TryGetValue("Signed-By", out var key) && key.Length > 0 ? [$"signed-by={key}"] : (string[])[],
                .. fields.TryGetValue("Trusted", out var trusted) ? [$"trusted={trusted}"] : (string[])[],
            ];
            foreach (var uri in Words(fields.GetValueOrDefault("URIs", "")))
            foreach (var suite in Words(fields.GetValueOrDefault("Suites", "")))
                yield return new AptSource(
                    string.Join(' ', options),
                    uri,
                    suite,
                    fields.GetValueOrDefault("Components", "")
                );
        }
    }

    private static bool IsOf(AptSource source, string release) =>
        (source.Suite == release || source.Suite.StartsWith($"{release}-", StringComparison.Ordinal))
        && !source.Suite.Contains("backports", StringComparison.Ordinal)
        && Words(source.Components).Contains("main");

    private static string[] Words(string text) =>
        text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> FilesIn(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal) : [];
}
