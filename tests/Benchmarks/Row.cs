namespace Benchmarks;

/// <summary>A line of the result: both sides, and how they compare.</summary>
internal sealed record Row(string What, string Ours, string Yardstick, string Compared, string Aim)
{
    public static Row Ratio(string what, TimeSpan ours, TimeSpan yardstick, string aim) =>
        new(what, Seconds(ours), Seconds(yardstick), $"{ours / yardstick:0.00} x", aim);

    public static Row Difference(string what, TimeSpan ours, TimeSpan yardstick, string aim) =>
        new(what, Seconds(ours), Seconds(yardstick), $"{(ours - yardstick).TotalSeconds:+0.00;-0.00} s", aim);

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.00} s";
}
