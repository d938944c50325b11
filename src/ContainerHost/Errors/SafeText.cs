using System.Text;
using System.Text.RegularExpressions;

namespace ContainerHost.Errors;

/// <summary>Makes any text harmless to terminals, CI servers, XML and HTML, since much of it is whatever a guest wrote.</summary>
public static partial class SafeText
{
    /// <summary>
    /// The text with line feeds alone as line ends, control characters as their pictures (escape becomes ␛), and what is no character
    /// (half of a surrogate pair, U+FFFE, the C1 controls) as U+FFFD.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
            clean.Append(Clean(rune));
        return clean.ToString();
    }

    /// <summary>
    /// The same for logs, which servers of CI read for commands: of <c>##vso[</c> and <c>##[</c> anywhere (Azure Pipelines, logging commands)
    /// and <c>::</c> at the beginning of a line (GitHub Actions, workflow commands) nothing is left to obey.
    /// </summary>
    public static string ForLog(string text) =>
        Commands().Replace(Clean(text), match => $"{match.Value[0]} {match.Value[1..]}");

    [GeneratedRegex(@"##(?:vso)?\[|(?<=^[ \t]*)::", RegexOptions.Multiline)]
    private static partial Regex Commands();

    // EnumerateRunes gives halves of surrogate pairs as U+FFFD already.
    private static Rune Clean(Rune rune) =>
        rune.Value switch
        {
            '\n' or '\t' => rune,
            < 0x20 => new Rune(0x2400 + rune.Value),
            0x7f => new Rune(0x2421),
            > 0x7f and < 0xa0 => Rune.ReplacementChar,
            // They show text in another order than it has (Unicode, UAX 9).
            (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069) => Rune.ReplacementChar,
            _ when (rune.Value & 0xfffe) == 0xfffe => Rune.ReplacementChar,
            _ => rune,
        };
}
