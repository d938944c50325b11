using System.Globalization;
using System.Xml.Linq;

namespace ContainerHost.Verification.Reports;

/// <summary>Draws the provisioning as a row of bars, a step each, with the durations as text.</summary>
internal static class HtmlTimeline
{
    // A step that took no time to speak of still shows.
    private const double ThinnestPercent = 0.5;

    // A pause shorter than this explains nothing to a reader.
    private static readonly TimeSpan WorthTelling = TimeSpan.FromMinutes(1);

    public static XElement? Render(IReadOnlyList<TimelineEntry> timeline)
    {
        if (timeline.Count == 0)
            return null;
        var bars = TimelineLayout.Place(timeline);
        return Html.Section("timeline", "Timeline", Html.Tag("ol", Html.Class("timeline"), bars.Select(Row)));
    }

    private static XElement Row(TimelineBar bar) =>
        Html.Tag(
            "li",
            Html.Tag("span", Html.Class("step"), bar.Entry.Name),
            Draw(bar),
            Html.Tag("span", Html.Class("duration"), DurationText.Of(bar.Entry.DurationMs)),
            Html.Tag("span", Html.Class("note"), Note(bar))
        );

    private static string Note(TimelineBar bar) =>
        bar.Pause < WorthTelling
            ? bar.Entry.Note
            : $"{bar.Entry.Note} (after a pause of {DurationText.Of((long)bar.Pause.TotalMilliseconds)}, not drawn to scale)".TrimStart();

    private static XElement Draw(TimelineBar bar)
    {
        var width = Math.Max(ThinnestPercent, bar.Width * 100);
        var start = Math.Clamp(bar.Offset * 100, 0, 100 - width);
        // Attributes rather than a style: some CI systems show reports under a policy that forbids inline styles.
        return Html.Tag(
            "svg",
            Html.Class("bar"),
            Html.Attribute("aria-hidden", "true"),
            Html.Tag(
                "rect",
                Html.Attribute("x", Percent(start)),
                Html.Attribute("width", Percent(width)),
                Html.Attribute("height", "100%"),
                Html.Attribute("rx", "2")
            )
        );
    }

    private static string Percent(double value) => value.ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
