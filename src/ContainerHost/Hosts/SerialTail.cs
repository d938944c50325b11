using System.Text.RegularExpressions;
using ContainerHost.Errors;
using ContainerHost.Machines;

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
        var last = Plain(ConsoleLog.End(path, Most)).Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lines);
        return $"last lines of the serial console ({path}):\n{string.Join('\n', last)}";
    }

    /// <summary>The text of a console as lines, without what moves its cursor or colours it.</summary>
    public static string Plain(string text) =>
        SafeText.Clean(ControlSequence().Replace(text, "").Replace("\r", "", StringComparison.Ordinal));

    // Control sequences as ECMA-48, 5.4, has them, and what systemd resets and marks a terminal with; what else one would obey is shown.
    [GeneratedRegex(
        @"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\](?:104|3008;)[^\x07\x1b\n]*(?:\x07|\x1b\\)|\x1b[()][A-Z0-9]|\x1b[=>]"
    )]
    private static partial Regex ControlSequence();
}
