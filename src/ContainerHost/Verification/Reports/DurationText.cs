using System.Globalization;

namespace ContainerHost.Verification.Reports;

/// <summary>Writes durations for people.</summary>
internal static class DurationText
{
    /// <summary>As <c>850 ms</c>, <c>12.3 s</c>, <c>3 min 05 s</c>, <c>2 h 07 min</c> or <c>3 d 04 h</c>.</summary>
    public static string Of(long milliseconds)
    {
        var time = TimeSpan.FromMilliseconds(milliseconds);
        return milliseconds switch
        {
            < 1_000 => Text($"{milliseconds} ms"),
            < 60_000 => Text($"{Math.Floor(time.TotalSeconds * 10) / 10:0.0} s"),
            < 3_600_000 => Text($"{time.Minutes} min {time.Seconds:00} s"),
            < 86_400_000 => Text($"{time.Hours} h {time.Minutes:00} min"),
            _ => Text($"{time.Days} d {time.Hours:00} h"),
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
