using System.Text;

namespace ContainerHost.Proving;

/// <summary>Splits a command line into words as a POSIX shell does, and does nothing else that a shell does.</summary>
internal static class CommandWords
{
    /// <summary>The words: white space parts them, quotes keep it, a backslash outside of single quotes keeps the next character; null where a quote is open.</summary>
    public static IReadOnlyList<string>? Split(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        char? quote = null;
        for (var at = 0; at < line.Length; at++)
        {
            var c = line[at];
            if (c == quote)
                quote = null;
            else if (
                c == '\\'
                && quote != '\''
                && at + 1 < line.Length
                && (quote is null || line[at + 1] is '"' or '\\')
            )
                (word ??= new()).Append(line[++at]);
            else if (quote is null && (c is '\'' or '"'))
                (quote, word) = (c, word ?? new());
            else if (quote is null && char.IsWhiteSpace(c))
                Take();
            else
                (word ??= new()).Append(c);
        }
        Take();
        return quote is null ? words : null;

        void Take()
        {
            if (word is not null)
                words.Add($"{word}");
            word = null;
        }
    }
}
