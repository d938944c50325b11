namespace ContainerHost.Media.DebianImage;

/// <summary>Reads apt's configured sources in both formats (sources.list(5)), and keeps those of one Debian release's own archive.</summary>
internal static class AptSources
{
    private static readonly string[] Off = ["no", "false", "without", "off", "disable", "0"];

    // A mirror has all of them.
    private static readonly string[] Releases = ["bullseye", "bookworm", "trixie", "forky"];

    /// <summary>
    /// The sources of a release that this machine is configured with; where there are none, those of another release of Debian with the
    /// release's name; else, as on another distribution, Debian's public archive.
    /// </summary>
    public static IReadOnlyList<AptSource> Of(string release, string aptFolder, string indexFolder)
    {
        var parts = Path.Combine(aptFolder, "sources.list.d");
        var lists = new[] { Path.Combine(aptFolder, "sources.list") }
            .Concat(FilesIn(parts, "*.list"))
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .SelectMany(ParseLine);
        var stanzas = FilesIn(parts, "*.sources").SelectMany(path => ParseStanzas(File.ReadAllText(path)));
        var all = lists.Concat(stanzas).Where(source => IsDebian(source, indexFolder)).ToList();
        var ours = Releases
            .Prepend(release)
            .Select(one =>
                all.Where(source => IsOf(source, one))
                    .Select(source => source with { Suite = release + source.Suite[one.Length..] })
                    .Distinct()
                    .ToList()
            )
            .FirstOrDefault(sources => sources.Count > 0);
        return ours
            ??
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
            options = string.Join(' ', Words(text[1..end]));
            text = text[(end + 1)..];
        }
        if (Words(text) is [var uri, var suite, .. var components])
            yield return new AptSource(options, uri, suite, string.Join(' ', components));
    }

    /// <summary>Reads the stanzas of the deb822 format; one source for each address and suite.</summary>
    internal static IEnumerable<AptSource> ParseStanzas(string text)
    {
        foreach (var fields in ReadStanzas(text))
        {
            var enabled = !Off.Contains(fields.GetValueOrDefault("Enabled", "yes"), StringComparer.OrdinalIgnoreCase);
            if (!enabled || !Words(fields.GetValueOrDefault("Types", "")).Contains("deb"))
                continue;
            var options = string.Join(' ', OptionsOf(fields));
            var components = string.Join(' ', Words(fields.GetValueOrDefault("Components", "")));
            foreach (var uri in Words(fields.GetValueOrDefault("URIs", "")))
            foreach (var suite in Words(fields.GetValueOrDefault("Suites", "")))
                yield return new AptSource(options, uri, suite, components);
        }
    }

    // Stanzas of fields, whose values may go on over lines that begin with a blank (deb822(5)), each by field name with case ignored; of a
    // field given twice, the last value counts.
    private static IEnumerable<IReadOnlyDictionary<string, string>> ReadStanzas(string text)
    {
        var fields = NewStanza();
        string? current = null;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Where(line => !line.StartsWith('#')))
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                if (fields.Count > 0)
                    yield return fields;
                fields = NewStanza();
                current = null;
            }
            else if (char.IsWhiteSpace(line[0]))
            {
                if (current is not null)
                    fields[current] = $"{fields[current]}\n{line.Trim()}".Trim();
            }
            else if (line.Split(':', 2) is [var name, var value])
            {
                current = name.Trim();
                fields[current] = value.Trim();
            }
        }
        if (fields.Count > 0)
            yield return fields;
    }

    private static Dictionary<string, string> NewStanza() => new(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> OptionsOf(IReadOnlyDictionary<string, string> fields)
    {
        // A key that is written out has no place on one line; Debian's own keyring is used then.
        var keys = fields.GetValueOrDefault("Signed-By", "");
        if (keys.Length > 0 && !keys.Contains("-----BEGIN", StringComparison.Ordinal))
            yield return $"signed-by={string.Join(',', Words(keys.Replace(',', ' ')))}";
        foreach (var name in (string[])["Trusted", "Check-Valid-Until"])
        {
            if (fields.TryGetValue(name, out var value) && value.Length > 0)
                yield return $"{name.ToLowerInvariant()}={value}";
        }
    }

    private static bool IsOf(AptSource source, string release) =>
        (source.Suite == release || source.Suite.StartsWith($"{release}-", StringComparison.Ordinal))
        && !source.Suite.Contains("backports", StringComparison.Ordinal)
        && Words(source.Components).Contains("main");

    // Third parties name their suites after Debian's; what apt has downloaded tells whose they are, else the address must.
    private static bool IsDebian(AptSource source, string indexFolder)
    {
        var index = Path.Combine(indexFolder, source.IndexFile);
        return File.Exists(index)
            ? File.ReadLines(index).Any(line => line.TrimEnd() == "Origin: Debian")
            : source.LooksLikeDebian;
    }

    private static string[] Words(string text) =>
        text.Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> FilesIn(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal) : [];
}
