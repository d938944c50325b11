using System.Text;

namespace ContainerHost.Hosts;

/// <summary>Lines of text in columns, as wide as their widest cell; what does not fit a terminal is for it to wrap.</summary>
internal static class TextTable
{
    public static string Render(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        List<IReadOnlyList<string>> all = [headings, .. rows];
        var widths = headings.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in all)
            text.AppendLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        return text.ToString().TrimEnd().ReplaceLineEndings("\n");
    }
}
