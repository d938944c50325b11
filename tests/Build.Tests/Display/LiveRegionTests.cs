using ContainerHost.Targets.Display;
using Spectre.Console;
using Spectre.Console.Rendering;
using Spectre.Console.Testing;

namespace Build.Tests.Display;

public sealed class LiveRegionTests
{
    private readonly TestConsole _console = new TestConsole().EmitAnsiSequences().Width(80);
    private readonly object _gate = new();
    private readonly LiveRegion _region;
    private string[] _lines = [];

    public LiveRegionTests() =>
        _region = new LiveRegion(
            _console,
            () => _gate,
            _ => [.. _lines.Select(line => (IReadOnlyList<Segment>)[new Segment(line)])]
        );

    [Fact]
    public void What_is_printed_stands_above_the_lines_that_are_drawn()
    {
        _lines = ["one", "two"];

        _region.Draw();
        Print("told\n");
        _lines = ["three"];
        _region.Draw();
        _region.Clear();

        _console.Output.ShouldBe(
            "one\ntwo" + "\r\e[1A\e[J" + "told\n" + "one\ntwo" + "\r\e[1A\e[J" + "three" + "\r\e[J"
        );
    }

    [Fact]
    public void Nothing_is_drawn_into_a_line_that_waits_for_an_answer()
    {
        _lines = ["one"];

        Print("Do you accept? ");
        _region.Draw();
        Print("yes\n");

        _console.Output.ShouldBe("Do you accept? yes\none");
    }

    [Fact]
    public void A_terminal_that_became_narrower_has_wrapped_what_is_erased()
    {
        _lines = [new string('x', 79), "short"];
        _region.Draw();

        _console.Width(40);
        _lines = [];
        _region.Draw();

        _console.Output.ShouldEndWith("short\r\e[2A\e[J");
    }

    [Fact]
    public void Where_nothing_runs_nothing_is_written()
    {
        _region.Draw();
        _region.Clear();

        _console.Output.ShouldBeEmpty();
    }

    // As .NET does for Console.Out: who prints holds its lock, and so does each write to the terminal.
    [Fact]
    public async Task Who_prints_and_who_draws_do_not_wait_for_each_other()
    {
        var terminal = new Gated(_gate);
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Out = new AnsiConsoleOutput(terminal) }
        );
        var region = new LiveRegion(
            console,
            () => _gate,
            _ =>
                [
                    [new Segment("one")],
                ]
        );

        var printing = Task.Run(() => Again(() => Print(region, terminal)), Token);
        var drawing = Task.Run(() => Again(region.Draw), Token);

        await Task.WhenAll(printing, drawing).WaitAsync(TimeSpan.FromSeconds(60), Token);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static void Again(Action work)
    {
        for (var i = 0; i < 2000; i++)
            work();
    }

    private void Print(LiveRegion region, StringWriter terminal)
    {
        lock (_gate)
            region.Pass("told\n", terminal.Write);
    }

    private sealed class Gated(object gate) : StringWriter
    {
        public override void Write(string? value)
        {
            lock (gate)
                base.Write(value);
        }
    }

    private void Print(string text)
    {
        using var writer = new LiveWriter(_console.Profile.Out.Writer, _region);
        writer.Write(text);
    }
}
