using System.Globalization;

namespace ContainerHost.Targets.Hosting;

/// <summary>How wide the text is that people read.</summary>
internal static class TerminalWidth
{
    /// <summary>By COLUMNS, else by the terminal; null, which is as wide as it takes, where the output goes to a file or a pipe.</summary>
    public static int? Of(bool redirected)
    {
        var said = Environment.GetEnvironmentVariable("COLUMNS");
        if (int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0)
            return columns;
        if (redirected)
            return null;
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
