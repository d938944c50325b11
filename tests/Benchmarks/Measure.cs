using System.Diagnostics;

namespace Benchmarks;

/// <summary>Measures, the two sides in turn, so that what else the machine does falls on both.</summary>
internal static class Measure
{
    /// <summary>The median of each side.</summary>
    public static Task<(TimeSpan Ours, TimeSpan Yardstick)> InTurnAsync(
        int times,
        Func<Task> ours,
        Func<Task> yardstick
    ) => InTurnAsync(times, () => OnceAsync(ours), () => OnceAsync(yardstick));

    /// <summary>The same of sides that tell what they took, since not all that they do is measured.</summary>
    public static async Task<(TimeSpan Ours, TimeSpan Yardstick)> InTurnAsync(
        int times,
        Func<Task<TimeSpan>> ours,
        Func<Task<TimeSpan>> yardstick
    )
    {
        var one = new List<TimeSpan>();
        var other = new List<TimeSpan>();
        for (var i = 0; i < times; i++)
        {
            one.Add(await ours());
            other.Add(await yardstick());
        }
        return (Median(one), Median(other));
    }

    public static async Task<TimeSpan> OnceAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed;
    }

    public static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
