namespace ContainerHost.Machines.Screens;

/// <summary>
/// Tells Windows' "Press any key to boot from CD or DVD" from other screens by its shape, in whatever language: a black screen with a line
/// or two of text at its top. Letters are not read: fonts and sizes differ by firmware.
/// </summary>
internal static class LoaderPrompt
{
    private const int Dark = 48;

    // A line of text lights a hundredth of the screen; a logo or a desktop lights more, or something further down.
    private const double MostLit = 0.03;
    private const double TextEnds = 0.3;

    public static ScreenKind Look(ScreenPicture picture)
    {
        long lit = 0;
        var lowest = -1;
        for (var row = 0; row < picture.Height; row++)
        {
            var here = Lit(picture.Row(row));
            lit += here;
            if (here > 0)
                lowest = row;
        }
        if (lit == 0)
            return ScreenKind.Blank;
        var isText = lit < MostLit * picture.Width * picture.Height && lowest < TextEnds * picture.Height;
        return isText ? ScreenKind.Prompt : ScreenKind.Busy;
    }

    private static int Lit(ReadOnlySpan<byte> row)
    {
        var count = 0;
        for (var at = 0; at < row.Length; at += 3)
        {
            if (row[at] > Dark || row[at + 1] > Dark || row[at + 2] > Dark)
                count++;
        }
        return count;
    }
}

/// <summary>What a screen shows while a medium starts.</summary>
internal enum ScreenKind
{
    Blank,

    /// <summary>A line or two of text at the top: the loader asks for a key.</summary>
    Prompt,

    /// <summary>Anything else: a logo, a menu, a desktop.</summary>
    Busy,
}
