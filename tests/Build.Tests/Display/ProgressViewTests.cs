using ContainerHost.Progress;

namespace Build.Tests.Display;

public sealed class ProgressViewTests
{
    private static readonly StepDetail Packages = new()
    {
        Done = 12,
        Total = 30,
        Unit = "packages",
        Bytes = 120 << 20,
        TotalBytes = 480 << 20,
    };

    private readonly Showing _showing = new();

    [Fact]
    public async Task A_step_shows_what_it_does_how_far_it_is_and_since_when()
    {
        var seen = await _showing.WhileAsync("fetch packages", 72, Packages, () => _showing.Lines());

        seen.ShouldBe("fetch packages  ━━━━━━━━━━  1:12  12 of 30 packages, 120 of 480 MiB");
    }

    [Fact]
    public async Task What_is_over_within_a_second_is_not_shown() =>
        (await _showing.WhileAsync("fetch", 0.9, Packages, () => _showing.Lines())).ShouldBeEmpty();

    [Fact]
    public async Task A_terminal_without_unicode_gets_ascii()
    {
        var seen = await _showing.WhileAsync("fetch packages", 5, Packages, () => _showing.Lines(64, unicode: false));

        seen.ShouldBe("fetch packages  ##--------  0:05  12 of 30 packages, 120 of ...");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    [InlineData(20)]
    [InlineData(3)]
    [InlineData(1)]
    public async Task No_line_is_as_wide_as_the_terminal(int width)
    {
        var detail = Packages with { Stage = new string('界', 60), ToCome = [new string('x', 300), "short"] };
        using var rows = _showing.Board.Begin([new string('n', 60), "two"]);
        rows.Set("two", HostPhase.Running);

        var seen = await _showing.WhileAsync("fetch", 5, detail, () => _showing.Lines(width));

        seen.Split('\n').ShouldAllBe(line => Cells(line) <= Math.Max(1, width - 1));
    }

    [Fact]
    public async Task A_narrow_terminal_still_has_the_time()
    {
        var seen = await _showing.WhileAsync("fetch packages", 72, Packages, () => _showing.Lines(40));

        seen.ShouldBe("fetch packages  1:12  12 of 30 package…");
    }

    [Fact]
    public async Task Checks_are_a_list_of_what_is_still_to_come()
    {
        var checks = new StepDetail
        {
            Stage = "login",
            Done = 1,
            Total = 9,
            Unit = "checks",
            ToCome = ["b", "c", "d", "e", "f", "g", "h"],
        };

        var seen = await _showing.WhileAsync("check", 2, checks, () => _showing.Lines());

        seen.ShouldBe("check  ━━━━━━━━━━  0:02  1 of 9 checks, login\n  b\n  c\n  d\n  e\n  f\n  2 more");
    }

    [Fact]
    public async Task What_a_terminal_would_obey_is_not_shown()
    {
        var evil = new StepDetail { Stage = "\u001b[2Jboot\r\nx" };

        var seen = await _showing.WhileAsync("wait\u001b]0;t\u0007", 2, evil, () => _showing.Lines());

        seen.Where(char.IsControl).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_hosts_of_a_lab_are_a_table()
    {
        using var rows = _showing.Board.Begin(["db", "web", "late", "next"]);
        rows.Set("db", HostPhase.Running);
        rows.Set("web", HostPhase.Running);
        rows.Set("late", HostPhase.NotTried);
        _showing.Time.Advance(TimeSpan.FromSeconds(60));
        rows.Set("db", HostPhase.Done);

        var seen = await _showing.WhileAsync(
            "create",
            5,
            new StepDetail(),
            () =>
                _showing
                    .WhileAsync("boot the guest", 7, new StepDetail { Stage = "kernel" }, () => _showing.Lines())
                    .Result,
            "web"
        );

        seen.ShouldBe(
            """
            host  outcome    time     step
            db    done       1:00
            web   running    1:12     boot the guest, 0:07, kernel
            late  not tried
            next  waiting
            """
        );
    }

    [Fact]
    public void Of_more_hosts_than_there_is_room_for_those_at_work_come_first()
    {
        var names = Enumerable.Range(1, 64).Select(number => $"host{number:00}").ToList();
        using var rows = _showing.Board.Begin(names);
        rows.Set("host01", HostPhase.Running);
        rows.Set("host01", HostPhase.Done);
        rows.Set("host64", HostPhase.Running);

        var lines = _showing.Lines(height: 12).Split('\n');

        lines.Length.ShouldBe(8);
        lines[1].ShouldStartWith("host64  running");
        lines[2].ShouldStartWith("host02  waiting");
        lines[^1].ShouldBe("  58 more");
    }

    private static int Cells(string line) => Spectre.Console.Rendering.Segment.CellCount([new(line)]);
}
