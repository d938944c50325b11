using System.Diagnostics;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Sweeps;

/// <summary>A run is killed at every file that it writes, before the file has its name and after; the next one goes on, and ends in a verified host.</summary>
public sealed class CrashSweepTests : SweepTest
{
    private const string At = "CONTAINERHOST_CRASH_AT";
    private const string In = "CONTAINERHOST_CRASH_IN";
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

    /// <summary>The run that is killed: in a process of its own, by SIGKILL.</summary>
    [Fact(Explicit = true)]
    public async Task Run_until_killed()
    {
        var folder = Environment.GetEnvironmentVariable(In).ShouldNotBeNull();
        var point = int.Parse(Environment.GetEnvironmentVariable(At)!, null);
        using var writes = new FileWrites(folder, (count, _, _) => KillAt(count, point)).Listen();
        using var scene = new LinuxScene(folder);
        await scene.RunAsync(Token);
    }

    private static void KillAt(int count, int point)
    {
        if (count != point)
            return;
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    private Command Child(int point)
    {
        var program = typeof(CrashSweepTests).Assembly.Location;
        string[] words =
        [
            "exec",
            program,
            "-method",
            $"{typeof(CrashSweepTests).FullName}.{nameof(Run_until_killed)}",
            "-explicit",
            "only",
        ];
        return new Command("dotnet", words)
        {
            Environment = new Dictionary<string, string?> { [At] = $"{point}", [In] = Folder },
        };
    }

    private static int CountPoints()
    {
        _ = SweptRun.FindCalls(out _, out var writes);
        return 2 * writes;
    }
}
