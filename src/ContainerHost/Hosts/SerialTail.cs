using System.Text;
using System.Text.RegularExpressions;

namespace ContainerHost.Hosts;

/// <summary>The end of a serial log, for errors.</summary>
internal static partial class SerialTail
{
    private const int Most = 16 * 1024;

    /// <summary>The last lines of the log without terminal control sequences; a sentence where there is no log.</summary>
    public static string Read(string path, int lines = 12)
    {
        if (!File.Exists(path))
            return "the serial console wrote nothing";
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(-Math.Min(stream.Length, Most), SeekOrigin.End);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = ControlSequence().Replace(reader.ReadToEnd(), "").Replace("\r", "", StringComparison.Ordinal);
        var last = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lines);
        return $"last lines of the serial console ({path}):\n{string.Join('\n', last)}";
    }

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|\x1b[=>]")]
    private static partial Regex ControlSequence();
}
