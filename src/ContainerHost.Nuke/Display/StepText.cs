using System.Globalization;
using ContainerHost.Errors;
using ContainerHost.Progress;

namespace ContainerHost.Targets.Display;

/// <summary>Steps in words, the same on a terminal and in a log.</summary>
internal static class StepText
{
    private const double MiB = 1 << 20;

    /// <summary>As "0:12 of about 0:45"; without an expectation the time so far.</summary>
    public static string Time(RunningStep step) =>
        step.Expected is { } expected ? $"{Clock(step.Elapsed)} of about {Clock(expected)}" : Clock(step.Elapsed);

    /// <summary>As "cloud-init: network" or "12 of 30 packages, 120 of 458 MiB"; empty where nothing is known.</summary>
    public static string Detail(StepDetail detail) =>
        string.Join(", ", new[] { Counted(detail), Sized(detail), detail.Stage }.OfType<string>().Select(Plain));

    /// <summary>As "0:09", "12:34" or "1:02:03".</summary>
    public static string Clock(TimeSpan time) =>
        time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    /// <summary>As "[one] make the machine: boot the guest, 0:12 of about 0:45, cloud-init: network", of a step and those that it is a part of.</summary>
    public static string Line(IReadOnlyList<RunningStep> path)
    {
        var step = path[^1];
        var what = string.Join(": ", path.Select(one => Plain(one.What)));
        var host = step.Host is { } name ? $"[{name}] " : "";
        var detail = Detail(step.Detail);
        return $"{host}{what}, {Time(step)}{(detail.Length > 0 ? ", " : "")}{detail}";
    }

    /// <summary>A name on one line, with nothing that a terminal would obey.</summary>
    public static string Plain(string name) => SafeText.ForLog(name).Replace('\n', ' ').Replace('\t', ' ');

    private static string? Counted(StepDetail detail) =>
        detail switch
        {
            { Done: { } done, Total: { } total } => $"{done} of {total} {detail.Unit}",
            { Total: { } total } => $"{total} {detail.Unit}",
            _ => null,
        };

    private static string? Sized(StepDetail detail) =>
        detail switch
        {
            { Bytes: { } there, TotalBytes: { } total } => $"{Size(there, total)} of {Size(total, total)} MiB",
            { TotalBytes: { } total } => $"{Size(total, total)} MiB",
            { Bytes: { } there } => $"{Size(there, there)} MiB",
            _ => null,
        };

    private static string Size(long bytes, long total) =>
        (bytes / MiB).ToString(total < 10 * MiB ? "0.0" : "0", CultureInfo.InvariantCulture);
}
