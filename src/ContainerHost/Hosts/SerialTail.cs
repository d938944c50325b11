using System.Text;
using System.Text.RegularExpressions;
using ContainerHost.Errors;

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
        var text = Plain(reader.ReadToEnd());
        var last = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lines);
        return $"last lines of the serial console ({path}):\n{string.Join('\n', last)}";
    }

    /// <summary>The text of a console as lines, without what moves its cursor or colours it.</summary>
    public static string Plain(string text) =>
        SafeText.Clean(ControlSequence().Replace(text, "").Replace("\r", "", StringComparison.Ordinal));

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|\x1b[=>]")]
    private static partial Regex ControlSequence();
}
