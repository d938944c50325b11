using ContainerHost.Progress;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ContainerHost.Targets.Display;

/// <summary>What runs as lines of a terminal; a step has one once it takes more than a second.</summary>
internal static class ProgressView
{
    private const int MostToCome = 5;
    private const int LeastForBar = 60;

    // Of a screen that says what happened, too.
    private const int LeastLog = 4;

    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<IReadOnlyList<Segment>> Lines(ProgressBoard board, Canvas canvas)
    {
        var hosts = board.Hosts;
        var steps = board.Running;
        var shown = steps.Where(step => step.Elapsed >= Short && (hosts.Count == 0 || step.Host is null));
        var lines = shown.SelectMany(step => Of(step, canvas)).ToList();
        var room = Math.Max(1, canvas.Height - LeastLog);
        if (hosts.Count > 0)
            lines.InsertRange(0, HostLines.Of(hosts, steps, canvas, Math.Max(1, room - lines.Count)));
        return lines.Count <= room ? lines : [.. lines.Take(room - 1), canvas.Line(More(lines.Count - room + 1))];
    }

    /// <summary>Says that there are more.</summary>
    public static Segment More(int count) => new($"  {count} more", Canvas.Faint);

    private static IEnumerable<IReadOnlyList<Segment>> Of(RunningStep step, Canvas canvas)
    {
        var indent = new string(' ', 2 * step.Depth);
        var line = new List<Segment>
        {
            new($"{indent}{StepText.Plain(step.What)}  ", new Style(decoration: Decoration.Bold)),
        };
        if (Part(step.Detail) is { } part && canvas.Width >= LeastForBar)
            line.AddRange(canvas.Bar(part));
        line.Add(new Segment($"{StepText.Time(step)}  "));
        line.Add(new Segment(StepText.Detail(step.Detail), Canvas.Faint));
        yield return canvas.Line(line);
        var toCome = step.Detail.ToCome;
        foreach (var name in toCome.Take(MostToCome))
            yield return canvas.Line(new Segment($"{indent}  {StepText.Plain(name)}", Canvas.Faint));
        if (toCome.Count > MostToCome)
            yield return canvas.Line(new Segment(indent), More(toCome.Count - MostToCome));
    }

    private static double? Part(StepDetail detail) =>
        detail switch
        {
            { Bytes: { } there, TotalBytes: > 0 and var total } => (double)there / total,
            { Done: { } done, Total: > 0 and var total } => (double)done / total,
            _ => null,
        };
}
