namespace ContainerHost.Tests.Sweeps;

/// <summary>A whole run on QEMU is disturbed at each of its calls to programs of this machine, SSH and HTTP; the next run ends in a verified host.</summary>
public sealed class QemuSweepTests : SweepTest
{
    private static readonly Dictionary<Port, PortFault[]> Kinds = new()
    {
        [Port.Process] =
        [
            PortFault.NoSpace,
            PortFault.InputOutput,
            PortFault.ReadOnly,
            PortFault.Denied,
            PortFault.Killed,
            PortFault.Missing,
            PortFault.Truncated,
        ],
        [Port.Connect] = [PortFault.Lost, PortFault.Stalls],
        [Port.Upload] = [PortFault.NoSpace, PortFault.Lost, PortFault.Stalls],
        [Port.Media] = [PortFault.NoSpace, PortFault.Lost, PortFault.Stalls],
        [Port.Http] = [PortFault.Lost, PortFault.Refused, PortFault.Stalls, PortFault.Truncated],
        [Port.Release] = [PortFault.Lost, PortFault.Refused],
    };

    public static TheoryData<int, Port, PortFault> Cases { get; } =
    [
        .. from call in SweptRun.FindCalls(out _, out _)
        where call.Port != Port.Guest
        from fault in Kinds[call.Port]
        select (call.Number, call.Port, fault),
    ];

    [Fact]
    public void The_sweep_has_at_least_50_cases()
    {
        StandInQemu.Require();
        Console.WriteLine($"QEMU sweep, this machine's programs and HTTP: {Cases.Count} cases");
        Cases.Count.ShouldBeGreaterThanOrEqualTo(50);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public Task A_run_that_is_disturbed_says_so_and_the_next_one_ends_verified(int number, Port port, PortFault fault)
    {
        string? name = null;
        return SweptRun.JudgeAsync(
            Folder,
            scene => scene.Ports.Faults = call => IsHit(call) ? fault : null,
            _ => name.ShouldNotBeNull("the run ended before"),
            // The downloader gives an attempt up by itself.
            told: (port, fault) == (Port.Http, PortFault.Stalls) ? "2 attempts" : Ports.Told(fault)
        );

        // The downloader tries again: what it fetches fails for as long as this run lasts.
        bool IsHit(PortCall call)
        {
            if (call.Number == number)
                name = call.Name;
            return call.Number == number || (port == Port.Http && call.Port == port && call.Name == name);
        }
    }
}
