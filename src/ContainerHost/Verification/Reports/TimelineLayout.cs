namespace ContainerHost.Verification.Reports;

/// <summary>
/// Places the steps of a timeline side by side. A host may be verified days after it was made: pauses are cut down to a sliver, so that
/// the steps themselves keep a visible length.
/// </summary>
internal static class TimelineLayout
{
    private const double LongestPause = 0.02;

    public static IReadOnlyList<TimelineBar> Place(IEnumerable<TimelineEntry> timeline)
    {
        var entries = timeline.OrderBy(entry => entry.StartedAt).ToList();
        if (entries.Count == 0)
            return [];
        var shown = TimeSpan.FromMilliseconds(entries.Sum(entry => entry.DurationMs) * LongestPause);
        var placed = new List<(TimelineEntry Entry, TimeSpan Start, TimeSpan Pause)>();
        var end = entries[0].StartedAt;
        var cut = TimeSpan.Zero;
        foreach (var entry in entries)
        {
            var pause = entry.StartedAt - end;
            pause = pause > shown ? pause : TimeSpan.Zero;
            if (pause > TimeSpan.Zero)
                cut += pause - shown;
            placed.Add((entry, entry.StartedAt - entries[0].StartedAt - cut, pause));
            var until = entry.StartedAt.AddMilliseconds(entry.DurationMs);
            end = until > end ? until : end;
        }
        var total = Math.Max(1, (end - entries[0].StartedAt - cut).TotalMilliseconds);
        return
        [
            .. placed.Select(place => new TimelineBar(
                place.Entry,
                place.Start.TotalMilliseconds / total,
                place.Entry.DurationMs / total,
                place.Pause
            )),
        ];
    }
}

/// <summary>A step of the timeline with its place on the drawing, both as fractions of its width, and the pause before it that was cut.</summary>
internal sealed record TimelineBar(TimelineEntry Entry, double Offset, double Width, TimeSpan Pause);
