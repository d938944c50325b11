namespace ContainerHost.Tests.Sweeps;

/// <summary>QEMU's monitor fails a run at every command; the next run ends in a verified host.</summary>
public sealed class MonitorSweepTests : SweepTest
{
    public static TheoryData<int, MonitorFault> Cases { get; } =
    [
        .. from call in Enumerable.Range(1, CountCalls())
        from fault in Enum.GetValues<MonitorFault>()
        select (call, fault),
    ];

    [Fact]
    public void The_sweep_has_at_least_40_cases()
    {
        StandInQemu.Require();
        Console.WriteLine($"QEMU sweep, monitor: {Cases.Count} cases");
        Cases.Count.ShouldBeGreaterThanOrEqualTo(40);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public Task A_run_that_is_disturbed_says_so_and_the_next_one_ends_verified(int number, MonitorFault fault)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, "bin")).FullName, "qmp-fault");
        return SweptRun.JudgeAsync(
            Folder,
            _ => File.WriteAllText(file, $"{number} {fault}"),
            _ => File.Delete(file),
            // A look at what the machine does may fail, and what is told of a picture is in the log.
            told: ""
        );
    }

    private static int CountCalls()
    {
        _ = SweptRun.FindCalls(out var calls, out _);
        return calls;
    }
}
