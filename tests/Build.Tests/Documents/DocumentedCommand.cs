using System.Text.RegularExpressions;
using Build.Tests.Bootstrap;

namespace Build.Tests.Documents;

/// <summary>A call of the build that a document shows: in a block of code, or within a sentence.</summary>
internal sealed partial record DocumentedCommand(string Place, bool IsOnWindows, IReadOnlyList<string> Words)
{
    /// <summary>All that the documents for users and contributors show, with words behind the script's name.</summary>
    public static IReadOnlyList<DocumentedCommand> All { get; } =
    [
        .. new[] { "README.md", "CONTRIBUTING.md" }
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Order(StringComparer.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Root, Path.Combine(Repository.Root, file)))
            .SelectMany(file => Read(file, File.ReadAllLines(Path.Combine(Repository.Root, file)))),
    ];

    /// <summary>The targets that stand first.</summary>
    public IReadOnlyList<string> Targets => [.. Words.TakeWhile(word => !word.StartsWith('-'))];

    public static IEnumerable<DocumentedCommand> Read(string file, IReadOnlyList<string> lines)
    {
        var isFenced = false;
        for (var at = 0; at < lines.Count; at++)
        {
            if (lines[at].TrimStart().StartsWith("```", StringComparison.Ordinal))
                isFenced = !isFenced;
            var isCode = isFenced || lines[at].StartsWith("    ", StringComparison.Ordinal);
            var code = isCode ? [lines[at]] : Inline().Matches(lines[at]).Select(match => match.Groups["code"].Value);
            foreach (var match in code.SelectMany(text => Call().Matches(text)))
            {
                var words = match.Groups["word"].Captures.Select(word => word.Value.Trim('"', '\'')).ToList();
                if (words.Count > 0)
                    yield return new DocumentedCommand(
                        $"{file}:{at + 1}: {match.Value.Trim()}",
                        match.Groups["script"].Value == "cmd",
                        words
                    );
            }
        }
    }

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex Inline();

    // Words end where a shell ends them: at a pipe, a redirection, a comment or the end of a substitution.
    [GeneratedRegex(
        """(?<![\w./-])(?:\./)?build\.(?<script>sh|cmd)(?: +(?<word>"[^"]*"|'[^']*'|<\w+>|[^\s"'|<>()#&;][^\s"'|<>();]*))*"""
    )]
    private static partial Regex Call();
}
