namespace ContainerHost.Specification;

/// <summary>Finds what somebody probably meant.</summary>
internal static class Nearest
{
    /// <summary>" Did you mean 'x'?" for the nearest word within three edits, or an empty string.</summary>
    public static string Hint(string typed, IEnumerable<string> words)
    {
        var nearest = words.Select(word => (Word: word, Distance: Distance(typed, word))).MinBy(pair => pair.Distance);
        return nearest.Word is not null && nearest.Distance <= 3 ? $" Did you mean '{nearest.Word}'?" : "";
    }

    // Levenshtein's distance, case ignored, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                (diagonal, row[j]) = (row[j], Math.Min(diagonal + (same ? 0 : 1), 1 + Math.Min(row[j], row[j - 1])));
            }
        }
        return row[^1];
    }
}
