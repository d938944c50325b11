namespace ContainerHost.Processes;

/// <summary>The one place that quotes words for a POSIX shell.</summary>
internal static class PosixShell
{
    /// <summary>Joins words into a command line whose every word reaches the program unchanged.</summary>
    public static string Quote(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    /// <summary>Quotes one word; words of safe characters stay as they are.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(IsSafe) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsSafe(char c) =>
        char.IsAsciiLetterOrDigit(c) || "-_./:=,+@%".Contains(c, StringComparison.Ordinal);
}
