namespace Build.Tests.Processes;

/// <summary>Several runs in one checkout: an engine empties the log of the run before, which must not end the one that still writes it.</summary>
public sealed class SharedCheckoutTests() : SampleTest("_build.dll")
{
    [Fact]
    public async Task A_log_that_another_run_writes_is_moved_aside_and_written_on()
    {
        Directory.CreateDirectory(Temporary);
        // As Serilog's file sink opens it.
        using var other = new StreamWriter(
            new FileStream(Temporary / "build.log", FileMode.Create, FileAccess.Write, FileShare.Read)
        );
        other.WriteLine("before");
        other.Flush();

        (await Run("Status")).ExitCode.ShouldBe(0);
        (await Run("Status")).ExitCode.ShouldBe(0);
        other.WriteLine("after");
        other.Flush();

        Log.ShouldContain("There are no hosts");
        var aside = Directory.GetFiles(Temporary, "build.*.log").ShouldHaveSingleItem();
        (await File.ReadAllLinesAsync(aside, TestContext.Current.CancellationToken)).ShouldBe(["before", "after"]);
    }

    [Fact]
    public async Task A_run_from_elsewhere_frees_the_log_of_the_checkout_that_its_build_lies_in()
    {
        // Where these tests are a target of that checkout's build, its own log is held already.
        var log = Path.Combine(Bootstrap.Repository.Root, ".nuke", "temp", "build.log");
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        using var other = TryHold(log);

        var run = await Run(["Status", "--hosts-directory", Root], from: "/");

        run.ExitCode.ShouldBe(0, run.Error);
    }

    private static FileStream? TryHold(string log)
    {
        try
        {
            return new FileStream(log, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        }
        catch (IOException)
        {
            return null;
        }
    }

    [Fact]
    public async Task Runs_that_start_at_once_all_start()
    {
        Directory.CreateDirectory(Temporary);
        for (var round = 0; round < 3; round++)
        {
            var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Run("Status")));

            runs.ShouldAllBe(run => run.ExitCode == 0, string.Concat(runs.Select(run => run.Output)));
        }
    }

    [Fact]
    public void What_keeps_the_engine_from_starting_is_a_sentence_and_no_trace() =>
        HostBuild
            .Run<Input.OtherBuild>(() =>
                throw new TypeInitializationException("Nuke.Common.NukeBuild", new IOException("no root"))
            )
            .ShouldBe(2);
}
