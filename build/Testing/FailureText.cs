using System.Xml.Linq;

namespace Testing;

/// <summary>The few lines of a failure that tell why: where CI keeps only the end of a log, they are all there is.</summary>
internal static class FailureText
{
    private const int FirstLines = 4;
    private const int LastLines = 8;

    /// <summary>The message's beginning and end, and the place in the tests, each on a line of its own and indented.</summary>
    public static string Of(XElement failed)
    {
        var failure = failed.Element("failure");
        var message = Lines(failure?.Element("message"));
        var place = Lines(failure?.Element("stack-trace")).FirstOrDefault(IsOfATest);
        return string.Concat(Shorten(message).Append(place).OfType<string>().Select(line => $"\n  {line}"));
    }

    // The harness only asks what a test has it ask.
    private static bool IsOfATest(string line) =>
        line.Contains("/tests/", StringComparison.Ordinal) && !line.Contains("/Harness/", StringComparison.Ordinal);

    private static IEnumerable<string> Shorten(IReadOnlyList<string> lines) =>
        lines.Count <= FirstLines + LastLines
            ? lines
            : [.. lines.Take(FirstLines), "...", .. lines.TakeLast(LastLines)];

    private static IReadOnlyList<string> Lines(XElement? text) =>
        [.. (text?.Value ?? "").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
}
