using ContainerHost.Targets.Display;
using Spectre.Console.Rendering;
using Spectre.Console.Testing;

namespace Build.Tests.Display;

public sealed class LiveRegionTests
{
    private readonly TestConsole _console = new TestConsole().EmitAnsiSequences().Width(80);
    private readonly LiveRegion _region;
    private string[] _lines = [];

    public LiveRegionTests() =>
        _region = new LiveRegion(
            _console,
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

    private void Print(string text)
    {
        using var writer = new LiveWriter(_console.Profile.Out.Writer, _region);
        writer.Write(text);
    }
}
