using Spectre.Console;
using Spectre.Console.Rendering;

namespace ContainerHost.Targets.Display;

/// <summary>The room that there is for what runs, in cells, and whether it may have more than ASCII.</summary>
internal sealed record Canvas(int Width, int Height, bool Unicode)
{
    private const int BarCells = 10;

    public static Style Faint { get; } = new(Color.Grey);

    /// <summary>One line that never wraps: what does not fit is cut, and says so.</summary>
    public IReadOnlyList<Segment> Line(params IReadOnlyList<Segment> segments)
    {
        // A terminal whose last column is written to wraps.
        var room = Math.Max(1, Width - 1);
        if (Segment.CellCount(segments) <= room)
            return segments;
        var ellipsis = Unicode ? "…" : "...";
        return room <= ellipsis.Length
            ? [.. Cut(segments, room)]
            : [.. Cut(segments, room - ellipsis.Length), new Segment(ellipsis, Faint)];
    }

    private static IEnumerable<Segment> Cut(IEnumerable<Segment> segments, int room)
    {
        foreach (var segment in segments)
        {
            var cells = segment.CellCount();
            if (Math.Min(cells, room) is > 0 and var part && Segment.Truncate(segment, part) is { } cut)
                yield return cut;
            room -= cells;
        }
    }

    /// <summary>A bar that is full at 1.</summary>
    public IEnumerable<Segment> Bar(double part)
    {
        var full = (int)Math.Round(BarCells * Math.Clamp(part, 0, 1));
        yield return new Segment(new string(Unicode ? '━' : '#', full), new Style(Color.Green));
        yield return new Segment(new string(Unicode ? '━' : '-', BarCells - full) + "  ", Faint);
    }
}
