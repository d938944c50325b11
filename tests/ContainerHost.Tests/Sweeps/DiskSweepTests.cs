namespace ContainerHost.Tests.Sweeps;

/// <summary>The disk of a run really fills up, or really becomes read-only, at a call to the world; the next run ends in a verified host.</summary>
public sealed class DiskSweepTests : SweepTest
{
    // Most of a run's calls are the guest's, between which little is written here.
    private const int EveryGuestCall = 6;

    private SmallDisk? _mounted;

    public static TheoryData<int, DiskFault> Cases { get; } = SmallDisk.IsPossible ? [.. Find()] : [];

    [Fact]
    public void The_sweep_has_at_least_60_cases()
    {
        StandInQemu.Require();
        Assert.SkipUnless(SmallDisk.IsPossible, "file systems are mounted by root alone.");
        Console.WriteLine($"QEMU sweep, disk: {Cases.Count} cases");
        Cases.Count.ShouldBeGreaterThanOrEqualTo(60);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public async Task A_run_that_is_disturbed_says_so_and_the_next_one_ends_verified(int number, DiskFault fault)
    {
        var disk = new SmallDisk(Path.Combine(Folder, "run"));
        await disk.MountAsync();
        _mounted = disk;
        var happened = false;
        await SweptRun.JudgeAsync(
            Folder,
            scene => scene.Ports.Faults = Disturb,
            _ => EndFault(),
            // Nothing can be removed from a disk that is read-only.
            canUndo: fault == DiskFault.Full,
            // The downloader asks how much there is, before it begins.
            told: fault == DiskFault.Full
                ? [Ports.Told(PortFault.NoSpace), "it needs 1 MiB more"]
                : [Ports.Told(PortFault.ReadOnly)]
        );

        PortFault? Disturb(PortCall call)
        {
            if (call.Number == number && !happened)
            {
                happened = true;
                disk.Begin(fault);
            }
            return null;
        }

        void EndFault()
        {
            happened.ShouldBeTrue("the run ended before");
            disk.End(fault);
        }
    }

    public override void Dispose()
    {
        _mounted?.Unmount();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    private static IEnumerable<(int, DiskFault)> Find() =>
        from call in SweptRun.FindCalls(out _, out _)
        where call.Port != Port.Guest || call.Number % EveryGuestCall == 0
        from fault in Enum.GetValues<DiskFault>()
        select (call.Number, fault);
}
