using ContainerHost.Hosts;
using Spectre.Console.Rendering;

namespace ContainerHost.Targets.Display;

/// <summary>The list of hosts as lines of a terminal.</summary>
internal static class HostsView
{
    public static IReadOnlyList<IReadOnlyList<Segment>> Lines(
        IReadOnlyList<HostOverview> hosts,
        string folder,
        Canvas canvas
    )
    {
        // A terminal whose last column is written to wraps, and one whose last line is ended scrolls.
        string[] lines =
            hosts.Count == 0
                ? [$"There are no hosts in {folder}"]
                : HostTable.Render(hosts, DateTimeOffset.UtcNow, canvas.Width - 1).Split('\n');
        var room = Math.Max(1, canvas.Height - 1);
        var shown = lines.Length <= room ? lines : lines[..Math.Max(0, room - 1)];
        IReadOnlyList<Segment>[] drawn = [.. shown.Select(line => canvas.Line(new Segment(StepText.Plain(line))))];
        return shown.Length == lines.Length
            ? drawn
            : [.. drawn, canvas.Line(ProgressView.More(lines.Length - shown.Length))];
    }
}
