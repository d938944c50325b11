using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Build.Tests.Processes;

/// <summary>The target Report of the real build, with a program that stands in for the desktop's.</summary>
public sealed class ReportTests() : SampleTest("_build.dll")
{
    private string Page => Root / "artifacts" / "hosts" / "web" / "verification.html";

    private string Opened => Root / "opened";

    [Fact]
    public async Task No_report_is_an_error_that_says_to_verify()
    {
        var run = await Run("Report --name web");

        run.ExitCode.ShouldBe(5);
        (run.Output + run.Error).ShouldContain("./build.sh Verify --name web");
    }

    [Fact]
    public async Task A_damaged_one_is_an_error_too()
    {
        Make("""{ "startedAt": "yesterday" }""");

        var run = await Run("Report --name web");

        run.ExitCode.ShouldBe(5);
        (run.Output + run.Error).ShouldContain("is damaged");
    }

    [Fact]
    public async Task Programs_read_where_it_is_and_what_came_of_it()
    {
        Make();
        await DesktopAsync(exitCode: 0);

        var told = JsonNode.Parse((await Run("Report --name web --json")).Output)!.AsObject();

        told.Select(pair => pair.Key).ShouldBe(["path", "at", "passed"]);
        told["path"]!.GetValue<string>().ShouldBe(Page);
        told["at"]!.GetValue<DateTimeOffset>().ShouldBe(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        told["passed"]!.GetValue<bool>().ShouldBeTrue();
        File.Exists(Opened).ShouldBeFalse("a program opens it itself, where it wants to");
    }

    [Fact]
    public async Task Without_a_display_its_path_and_address_are_printed()
    {
        Make();

        var run = await Run("Report --name web");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain($"{Page}\n{new Uri(Page).AbsoluteUri}\n");
    }

    [Fact]
    public async Task On_a_desktop_its_program_opens_it()
    {
        Make();
        await DesktopAsync(exitCode: 0);

        var run = await Run("Report --name web");

        run.ExitCode.ShouldBe(0, run.Error);
        (await File.ReadAllTextAsync(Opened, TestContext.Current.CancellationToken)).ShouldBe($"{Page}\n");
        run.Output.ShouldNotContain("file://");
        (run.Output + run.Error).ShouldNotContain("of the desktop");
    }

    [Fact]
    public async Task A_desktop_without_a_program_for_it_is_as_none()
    {
        Make();
        await DesktopAsync(exitCode: 3);

        var run = await Run("Report --name web");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("file:///");
    }

    [Fact]
    public async Task A_program_that_shows_it_for_long_is_not_waited_for()
    {
        Make();
        await DesktopAsync(exitCode: 0, seconds: 600);

        var run = await Run("Report --name web")
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldNotContain("file://");
        var left = await File.ReadAllTextAsync(Root / "id", TestContext.Current.CancellationToken);
        using var shows = Process.GetProcessById(int.Parse(left, CultureInfo.InvariantCulture));
        shows.Kill();
    }

    private void Make(string json = """{ "startedAt": "2026-01-02T03:04:05+00:00", "passed": true }""")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Page)!);
        File.WriteAllText(Page, "<html></html>");
        File.WriteAllText(Path.ChangeExtension(Page, ".json"), json);
    }

    // What it tells the terminal must not be taken for a result.
    private async Task DesktopAsync(int exitCode, int seconds = 0)
    {
        var program = Directory.CreateDirectory(Root / "bin") + "/xdg-open";
        var end = seconds > 0 ? $"exec sleep {seconds}" : $"exit {exitCode}";
        var text =
            $"#!/bin/sh\necho of the desktop; echo of the desktop >&2\necho \"$1\" > '{Opened}'\necho $$ > '{Root / "id"}'\n{end}\n";
        await File.WriteAllTextAsync(program, text, TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Variables["PATH"] = $"{Path.GetDirectoryName(program)}:{Environment.GetEnvironmentVariable("PATH")}";
        Variables["DISPLAY"] = ":99";
    }
}
