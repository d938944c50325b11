namespace ContainerHost.Media.DebianImage;

/// <summary>Reads deb822 text (deb822(5)): stanzas of fields, whose values may go on over lines that begin with a blank.</summary>
internal static class AptStanzas
{
    /// <summary>The stanzas, each by field name with case ignored; of a field given twice, the last value counts.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(string text)
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
}
