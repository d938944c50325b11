using ContainerHost.Progress;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ContainerHost.Targets.Display;

/// <summary>The hosts of a lab as a table: name, outcome, time, and the step that each is at.</summary>
internal static class HostLines
{
    private const int LongestName = 24;
    private const int PhaseCells = 11;
    private const int TimeCells = 9;

    /// <summary>A line each, in the lab's order; where there is no room for all, those that run come first.</summary>
    public static IEnumerable<IReadOnlyList<Segment>> Of(
        IReadOnlyList<HostProgress> hosts,
        IReadOnlyList<RunningStep> steps,
        Canvas canvas,
        int room
    )
    {
        var longest = Math.Min(hosts.Max(host => host.Name.Length), Math.Min(LongestName, canvas.Width / 3));
        var cells = Math.Max("host".Length, longest) + 2;
        yield return canvas.Line(
            new Segment(
                $"{Cell("host", cells)}{Cell("outcome", PhaseCells)}{Cell("time", TimeCells)}step",
                Canvas.Faint
            )
        );
        var fits = hosts.Count < room;
        var shown = fits ? hosts : [.. hosts.OrderBy(Rank).Take(Math.Max(1, room - 2))];
        foreach (var host in shown)
            yield return canvas.Line(
                new Segment(Cell(host.Name, cells)),
                new Segment(Cell(Word(host.Phase), PhaseCells), StyleOf(host.Phase)),
                new Segment(Cell(host.Elapsed is { } time ? StepText.Clock(time) : "", TimeCells)),
                new Segment(StepOf(host, steps), Canvas.Faint)
            );
        if (shown.Count < hosts.Count)
            yield return canvas.Line(ProgressView.More(hosts.Count - shown.Count));
    }

    private static string StepOf(HostProgress host, IReadOnlyList<RunningStep> steps)
    {
        if (host.Phase != HostPhase.Running || steps.LastOrDefault(At) is not { } step)
            return "";
        var detail = StepText.Detail(step.Detail);
        return $"{StepText.Plain(step.What)}, {StepText.Time(step)}{(detail.Length > 0 ? ", " : "")}{detail}";

        bool At(RunningStep one) => one.Host == host.Name && one.IsInnermost;
    }

    private static string Cell(string text, int cells) =>
        (text.Length > cells - 2 ? text[..(cells - 2)] : text).PadRight(cells);

    private static int Rank(HostProgress host) =>
        host.Phase switch
        {
            HostPhase.Running => 0,
            HostPhase.Failed => 1,
            HostPhase.NotTried => 2,
            HostPhase.Waiting => 3,
            _ => 4,
        };

    private static string Word(HostPhase phase) =>
        phase switch
        {
            HostPhase.Waiting => "waiting",
            HostPhase.Running => "running",
            HostPhase.Done => "done",
            HostPhase.Failed => "FAILED",
            _ => "not tried",
        };

    private static Style StyleOf(HostPhase phase) =>
        phase switch
        {
            HostPhase.Done => new Style(Color.Green),
            HostPhase.Failed => new Style(Color.Red),
            HostPhase.NotTried => new Style(Color.Yellow),
            HostPhase.Waiting => Canvas.Faint,
            _ => Style.Plain,
        };
}
