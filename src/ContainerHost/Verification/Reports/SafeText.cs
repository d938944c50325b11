using System.Text;

namespace ContainerHost.Verification.Reports;

/// <summary>Makes any text legal in XML and HTML, since evidence is whatever a guest wrote.</summary>
internal static class SafeText
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

    // EnumerateRunes gives halves of surrogate pairs as U+FFFD already.
    private static Rune Clean(Rune rune) =>
        rune.Value switch
        {
            '\n' or '\t' => rune,
            < 0x20 => new Rune(0x2400 + rune.Value),
            0x7f => new Rune(0x2421),
            > 0x7f and < 0xa0 => Rune.ReplacementChar,
            _ when (rune.Value & 0xfffe) == 0xfffe => Rune.ReplacementChar,
            _ => rune,
        };
}
