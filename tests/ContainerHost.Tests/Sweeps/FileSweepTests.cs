namespace ContainerHost.Tests.Sweeps;

/// <summary>Every file that a run writes whole fails to get its name; the next run ends in a verified host.</summary>
public sealed class FileSweepTests : SweepTest
{
    public static TheoryData<int, PortFault> Cases { get; } =
    [
        .. from write in Enumerable.Range(1, CountWrites())
        from fault in write % 2 == 0
            ? new[] { PortFault.NoSpace, PortFault.Denied }
            : [PortFault.InputOutput, PortFault.ReadOnly]
        select (write, fault),
    ];

    [Fact]
    public void The_sweep_has_at_least_40_cases()
    {
        StandInQemu.Require();
        Console.WriteLine($"QEMU sweep, files: {Cases.Count} cases");
        Cases.Count.ShouldBeGreaterThanOrEqualTo(40);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public async Task A_run_that_is_disturbed_says_so_and_the_next_one_ends_verified(int number, PortFault fault)
    {
        var happened = false;
        using var writes = new FileWrites(Folder, Hear).Listen();
        await SweptRun.JudgeAsync(
            Folder,
            _ => { },
            _ => happened.ShouldBeTrue("the run ended before"),
            told: Ports.Told(fault)
        );

        // Files are heard of before they have their names, and after.
        void Hear(int count, string what, string path)
        {
            if (happened || count != 2 * number - 1)
                return;
            happened = true;
            var told = $"{Ports.Told(fault)} : '{path}'";
            throw fault == PortFault.Denied ? new UnauthorizedAccessException(told) : new IOException(told);
        }
    }

    internal static int CountWrites()
    {
        _ = SweptRun.FindCalls(out _, out var count);
        return count;
    }
}
