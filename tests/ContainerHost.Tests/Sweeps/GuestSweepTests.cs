namespace ContainerHost.Tests.Sweeps;

/// <summary>The guest of a run on QEMU fails, stalls, reboots or goes away at every command; the next run ends in a verified host.</summary>
public sealed class GuestSweepTests : SweepTest
{
    // Each command fails in two ways, by turns: by itself, and with the connection.
    private static readonly PortFault[][] Turns =
    [
        [PortFault.NoSpace, PortFault.Lost],
        [PortFault.Killed, PortFault.Stalls],
        [PortFault.ReadOnly, PortFault.Reboots],
        [PortFault.Truncated, PortFault.Lost],
        [PortFault.Killed, PortFault.Reboots],
    ];

    public static TheoryData<int, PortFault> Cases { get; } =
    [
        .. from call in SweptRun.FindCalls(out _, out _)
        where call.Port == Port.Guest
        from fault in Turns[call.Number % Turns.Length]
        select (call.Number, fault),
    ];

    [Fact]
    public void The_sweep_has_at_least_150_cases()
    {
        StandInQemu.Require();
        Console.WriteLine($"QEMU sweep, guest: {Cases.Count} cases");
        Cases.Count.ShouldBeGreaterThanOrEqualTo(150);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public Task A_run_that_is_disturbed_says_so_and_the_next_one_ends_verified(int number, PortFault fault)
    {
        var happened = false;
        return SweptRun.JudgeAsync(
            Folder,
            scene =>
                scene.Ports.Faults = call =>
                    (happened |= call.Number == number) && call.Number == number ? fault : null,
            _ => happened.ShouldBeTrue("the run ended before"),
            told: Ports.Told(fault)
        );
    }
}
