using System.Text;

namespace ContainerHost.Hosts;

/// <summary>Lines of text in columns, as wide as their widest cell or as the terminal lets them be.</summary>
internal static class TextTable
{
    private const string Gap = "  ";
    private const int Narrowest = 7;

    /// <summary>Renders it; cells are wrapped by words to fit <paramref name="width"/>, unless that is null.</summary>
    public static string Render(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows, int? width)
    {
        List<IReadOnlyList<string>> all = [headings, .. rows];
        var widths = headings.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        var words = headings.Select((_, column) => all.Max(row => row[column].Split(' ').Max(word => word.Length)));
        var room = width - Gap.Length * (widths.Length - 1);
        // Words are whole, to be copied, as long as there are others to wrap.
        Narrow(widths, room, [.. words]);
        Narrow(widths, room, [.. widths.Select(_ => Narrowest)]);
        var text = new StringBuilder();
        foreach (var row in all)
        {
            var cells = row.Select((cell, column) => Wrap(cell, widths[column])).ToList();
            for (var line = 0; line < cells.Max(cell => cell.Count); line++)
            {
                var parts = cells.Select((cell, at) => (line < cell.Count ? cell[line] : "").PadRight(widths[at]));
                text.Append(string.Join(Gap, parts).TrimEnd()).Append('\n');
            }
        }
        return text.ToString().TrimEnd();
    }

    // The widest column gives way, one letter after the other.
    private static void Narrow(int[] widths, int? room, int[] least)
    {
        while (widths.Sum() > room)
        {
            var wide = Enumerable.Range(0, widths.Length).Where(column => widths[column] > least[column]).ToList();
            if (wide.Count == 0)
                return;
            widths[wide.MaxBy(column => widths[column])]--;
        }
    }

    private static List<string> Wrap(string cell, int width)
    {
        if (cell.Length <= width)
            return [cell];
        List<string> lines = [""];
        foreach (var word in cell.Split(' ').SelectMany(word => word.Chunk(width)).Select(part => new string(part)))
        {
            if (lines[^1].Length == 0)
                lines[^1] = word;
            else if (lines[^1].Length + 1 + word.Length <= width)
                lines[^1] += $" {word}";
            else
                lines.Add(word);
        }
        return lines;
    }
}
