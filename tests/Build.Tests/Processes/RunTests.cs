namespace Build.Tests.Processes;

public sealed class RunTests : SampleTest
{
    [Fact]
    public async Task The_default_target_runs_after_all_it_needs()
    {
        var run = await Run("--twice --person Ann");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Worked.ShouldBe("Prepare Compile Test");
        run.Output.Split("Hello, Ann!").Length.ShouldBe(3);
        run.Output.ShouldContain("── Compile (3 of 4) ──");
        run.Row("Compile").ShouldStartWith("Compile Succeeded < 1s");
        run.Output.TrimEnd().ShouldEndWith("The build succeeded.");
    }

    [Fact]
    public async Task A_failure_stops_the_build_and_is_told_once()
    {
        var run = await Run("--fail-in Prepare");

        run.ExitCode.ShouldBe(255);
        run.Worked.ShouldBe("Prepare");
        run.Row("Prepare").ShouldStartWith("Prepare Failed");
        run.Row("Test").ShouldBe("Test NotRun Prepare did not succeed");
        run.Output.Split("Prepare broke").Length.ShouldBe(2);
        run.Output.TrimEnd().ShouldEndWith("The build failed.");
    }

    [Fact]
    public async Task The_exit_code_is_the_one_the_build_set() =>
        (await Run("--fail-in Compile --code 7")).ExitCode.ShouldBe(7);

    [Fact]
    public async Task A_stack_trace_is_shown_only_when_asked_for_and_is_always_in_the_log_file()
    {
        (await Run("Prepare --fail-in Prepare")).Output.ShouldNotContain("   at ");
        Log.ShouldContain("   at Sample.Build");
        (await Run("Prepare --fail-in Prepare --verbosity verbose")).Output.ShouldContain("   at Sample.Build");
    }

    [Fact]
    public async Task A_cancelled_target_is_told_without_a_stack_trace()
    {
        var run = await Run("Cancel --verbosity verbose");

        run.ExitCode.ShouldBe(255);
        run.Output.ShouldContain("Cancel was cancelled: Somebody pressed Ctrl-C");
        run.Output.ShouldNotContain("   at ");
        run.Row("Cancel").ShouldStartWith("Cancel Aborted");
    }

    [Fact]
    public async Task Skipped_targets_do_not_run()
    {
        (await Run("Test prepare --skip compile greet")).Worked.ShouldBe("Prepare Test");
        (await Run("Test --skip")).Worked.ShouldBe("Test");
        (await Run("--skip")).Worked.ShouldBe("", "NUKE does not count the default target among those that were named");
    }

    [Fact]
    public async Task A_log_that_another_run_writes_ends_it_as_it_ends_NUKE()
    {
        Directory.CreateDirectory(Temporary);
        using var other = File.Open(Temporary / "build.log", FileMode.Create, FileAccess.Write, FileShare.Read);

        (await Run("Prepare")).ExitCode.ShouldBe(255);
    }
}
