namespace Build.Tests.Processes;

public sealed class RunTests : IDisposable
{
    private readonly SampleRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task The_default_target_runs_after_all_it_needs()
    {
        var run = await _root.Run("--times 2 --person Ann");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Worked.ShouldBe("Prepare Compile CleanUp Test");
        run.Output.Split("Hello, Ann!").Length.ShouldBe(3);
        run.Output.ShouldContain("── Compile (2 of 6) ──");
        run.Row("Compile").ShouldStartWith("Compile Succeeded < 1s");
        run.Output.TrimEnd().ShouldEndWith("The build succeeded.");
    }

    [Fact]
    public async Task A_condition_that_does_not_hold_skips_its_target_and_is_the_reason()
    {
        (await _root.Run("Optional")).Row("Optional").ShouldBe("Optional Skipped only when WithOptional");
        (await _root.Run("Optional --with-optional")).Worked.ShouldBe("Prepare Optional");
    }

    [Fact]
    public async Task A_failure_stops_the_build_and_stands_once_more_under_the_table()
    {
        var run = await _root.Run("--fail-in Prepare");

        run.ExitCode.ShouldBe(1);
        run.Worked.ShouldBe("Prepare CleanUp");
        run.Row("Prepare").ShouldStartWith("Prepare Failed");
        run.Row("Test").ShouldBe("Test NotRun Prepare did not succeed");
        run.Output[run.Output.LastIndexOf('╯')..].ShouldContain("Errors:\n  Prepare failed: Prepare broke\n");
        run.Output.TrimEnd().ShouldEndWith("The build failed.");
    }

    [Fact]
    public async Task The_exit_code_is_the_one_the_build_set() =>
        (await _root.Run("--fail-in Compile --code 7")).ExitCode.ShouldBe(7);

    [Fact]
    public async Task A_target_assured_after_failure_runs_after_the_failure_of_another()
    {
        var run = await _root.Run("Test --fail-in Compile");

        run.Worked.ShouldBe("Prepare Compile CleanUp");
        run.Row("CleanUp").ShouldStartWith("CleanUp Succeeded");
    }

    [Fact]
    public async Task The_build_goes_on_after_a_target_that_may_fail_and_still_fails()
    {
        var run = await _root.Run("Robust --fail-in Fragile");

        run.Worked.ShouldBe("Prepare Fragile Robust");
        run.Row("Robust").ShouldStartWith("Robust Succeeded");
        run.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_stack_trace_is_shown_only_when_asked_for_and_is_always_in_the_log_file()
    {
        (await _root.Run("Prepare --fail-in Prepare")).Output.ShouldNotContain("   at ");
        _root.Log.ShouldContain("   at Sample.Build");
        (await _root.Run("Prepare --fail-in Prepare --verbosity verbose")).Output.ShouldContain("   at Sample.Build");
    }

    [Fact]
    public async Task A_cancelled_target_is_told_without_a_stack_trace()
    {
        var run = await _root.Run("Cancel --verbosity verbose");

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("Cancel was cancelled: Somebody pressed Ctrl-C");
        run.Output.ShouldNotContain("   at ");
        run.Row("Cancel").ShouldStartWith("Cancel Aborted");
    }

    [Fact]
    public async Task Skipped_targets_do_not_run()
    {
        (await _root.Run("Test --skip compile greet")).Worked.ShouldBe("Prepare Test");
        (await _root.Run("Test --skip")).Worked.ShouldBe("Test");
    }

    [Fact]
    public async Task A_target_triggers_another() =>
        (await _root.Run("Report")).Row("Notify").ShouldStartWith("Notify Succeeded");

    [Fact]
    public async Task A_failed_attempt_goes_on_where_it_stopped()
    {
        await _root.Run("Test --fail-in Test");

        var run = await _root.Run("Test --continue --fail-in Test");

        run.Worked.ShouldBe("Test");
        run.Row("Compile").ShouldBe("Compile Skipped done by the attempt before");
    }

    [Fact]
    public async Task Another_invocation_starts_from_the_beginning()
    {
        await _root.Run("Test --fail-in Test");

        var run = await _root.Run("Test --continue");

        run.Output.ShouldContain("no failed attempt of this invocation");
        run.Worked.ShouldBe("Prepare Compile CleanUp Test");
        (await _root.Run("Test --continue --fail-in Test")).Worked.ShouldBe("Test");
    }

    [Fact]
    public async Task Two_runs_at_once_keep_their_logs_apart()
    {
        Directory.CreateDirectory(_root.Temporary);
        using var other = new FileStream(
            _root.Temporary / "build.log.lock",
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None
        );

        (await _root.Run("Prepare")).ExitCode.ShouldBe(0);

        var log = Directory.GetFiles(_root.Temporary, "build.*.log").ShouldHaveSingleItem();
        (await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken)).ShouldContain("Prepare at work");
    }
}
