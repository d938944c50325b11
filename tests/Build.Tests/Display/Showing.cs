using ContainerHost.Progress;
using ContainerHost.Targets.Display;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console.Rendering;

namespace Build.Tests.Display;

/// <summary>A board with what tests put on it, and what a terminal of some size has of it.</summary>
internal sealed class Showing
{
    public FakeTimeProvider Time { get; } = new();

    public ProgressBoard Board => field ??= new ProgressBoard(Time);

    /// <summary>Does something while a step has run for some seconds.</summary>
    public Task<T> WhileAsync<T>(string what, double seconds, StepDetail detail, Func<T> look, string? host = null) =>
        Board.RunAsync(
            what,
            step =>
            {
                step.Detail = detail;
                Time.Advance(TimeSpan.FromSeconds(seconds));
                return Task.FromResult(look());
            },
            host: host
        );

    public string Lines(int width = 80, int height = 24, bool unicode = true) =>
        string.Join('\n', ProgressView.Lines(Board, new Canvas(width, height, unicode)).Select(Text));

    private static string Text(IReadOnlyList<Segment> line) => string.Concat(line.Select(one => one.Text)).TrimEnd();
}
