using ContainerHost.Processes;

namespace ContainerHost.Tests.Sweeps;

/// <summary>A run is killed at every file that it writes, before the file has its name and after; the next one goes on, and ends in a verified host.</summary>
public sealed class CrashSweepTests : SweepTest
{
    private const int Killed = 128 + 9;

    public static TheoryData<int> Points { get; } = [.. Enumerable.Range(1, CountPoints())];

    [Fact]
    public void The_sweep_has_at_least_40_points()
    {
        StandInQemu.Require();
        Console.WriteLine($"Crash sweep: {Points.Count} points");
        Points.Count.ShouldBeGreaterThanOrEqualTo(40);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Points))]
    public async Task A_run_that_is_killed_goes_on_with_the_next_one_and_ends_verified(int point)
    {
        var child = Child(point);
        var ended = await new ProcessRunner().RunAsync(child, Token);
        ended.ExitCode.ShouldBe(Killed, ended.StandardOutput);

        using var scene = new LinuxScene(Folder);
        var report = (await scene.RunAsync(Token)).Report;

        report.Checks.Where(check => !check.Passed).Select(check => check.Problem).ShouldBeEmpty();
        (await scene.DestroyAsync(Token)).ShouldBeEmpty();
    }

    private Command Child(int point)
    {
        var program = typeof(CrashSweepTests).Assembly.Location;
        string[] words =
        [
            "exec",
            program,
            "-method",
            $"{typeof(KilledRun).FullName}.{nameof(KilledRun.Run_until_killed)}",
            "-explicit",
            "only",
        ];
        return new Command("dotnet", words)
        {
            Environment = new Dictionary<string, string?> { [KilledRun.At] = $"{point}", [KilledRun.In] = Folder },
        };
    }

    private static int CountPoints()
    {
        _ = SweptRun.FindCalls(out _, out var writes);
        return 2 * writes;
    }
}
