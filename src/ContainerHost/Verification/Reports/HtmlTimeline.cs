using System.Globalization;
using System.Xml.Linq;
using static ContainerHost.Verification.Reports.Html;

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
        return Section("timeline", "Timeline", Tag("ol", Class("timeline"), bars.Select(Row)));
    }

    private static XElement Row(TimelineBar bar) =>
        Tag(
            "li",
            Tag("span", Class("step"), bar.Entry.Name),
            Draw(bar),
            Tag("span", Class("duration"), DurationText.Of(bar.Entry.DurationMs)),
            Tag("span", Class("note"), Note(bar))
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
        return Tag(
            "svg",
            Class("bar"),
            Attribute("aria-hidden", "true"),
            Tag(
                "rect",
                Attribute("x", Percent(start)),
                Attribute("width", Percent(width)),
                Attribute("height", "100%"),
                Attribute("rx", "2")
            )
        );
    }

    private static string Percent(double value) => value.ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
