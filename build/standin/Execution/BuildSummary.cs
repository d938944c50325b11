using Spectre.Console;

namespace Nuke.Common.Execution;

/// <summary>The table at the end of a run; the error that ended it stands right above.</summary>
internal static class BuildSummary
{
    // Nobody sees where a redirected output ends; a narrow table would only break the words.
    private const int RedirectedWidth = 160;

    public static void Write(NukeBuild build)
    {
        var output = new AnsiConsoleOutput(Console.Out);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = output });
        if (!output.IsTerminal)
            console.Profile.Width = RedirectedWidth;
        console.WriteLine();
        console.Write(Table(build));
        console.MarkupLine(build.IsFailing ? "[red]The build failed.[/]" : "[green]The build succeeded.[/]");
    }

    public static string Duration(TimeSpan duration) =>
        duration < TimeSpan.FromSeconds(1) ? "< 1s" : $"{(int)duration.TotalMinutes}:{duration.Seconds:00}";

    private static Table Table(NukeBuild build)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns("Target", "Status");
        table.AddColumn(new TableColumn("Duration").RightAligned());
        table.AddColumn("Why");
        foreach (var target in build.ExecutionPlan)
        {
            var ran = target.Status is ExecutionStatus.Succeeded or ExecutionStatus.Failed or ExecutionStatus.Aborted;
            table.AddRow(
                new Text(target.Name),
                new Text($"{target.Status}", new Style(Colour(target.Status))),
                new Text(ran ? Duration(target.Stopwatch.Elapsed) : ""),
                new Text(target.Skipped ?? "")
            );
        }
        var total = build.ExecutionPlan.Aggregate(TimeSpan.Zero, (sum, target) => sum + target.Stopwatch.Elapsed);
        table.AddRow(new Text("Total"), Text.Empty, new Text(Duration(total)), Text.Empty);
        return table;
    }

    private static Color Colour(ExecutionStatus status) =>
        status switch
        {
            ExecutionStatus.Succeeded => Color.Green,
            ExecutionStatus.Failed => Color.Red,
            ExecutionStatus.Aborted or ExecutionStatus.NotRun => Color.Yellow,
            _ => Color.Grey,
        };
}
