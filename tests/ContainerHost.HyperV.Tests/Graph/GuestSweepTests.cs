using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.HyperV.Tests.Faults;

namespace ContainerHost.HyperV.Tests.Graph;

/// <summary>The guest fails, stalls, reboots or goes away at every call that a whole run makes; the next run ends in a verified host.</summary>
public sealed class GuestSweepTests
{
    private static readonly int Calls = CountCalls();

    public static TheoryData<int, GuestFault> Cases { get; } =
    [.. from call in Enumerable.Range(1, Calls) from fault in Enum.GetValues<GuestFault>() select (call, fault)];

    [Fact]
    public void The_sweep_has_at_least_100_cases()
    {
        System.Console.WriteLine($"Guest sweep: {Cases.Count} cases");
        Cases.Count.ShouldBeGreaterThanOrEqualTo(100);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_run_that_is_disturbed_says_so_and_the_next_one_ends_verified(int call, GuestFault fault)
    {
        using var scene = new WindowsScene();
        var once = new Once<int>(number => number == call);
        scene.Guest.Faults = number => once.IsAt(number) ? fault : null;
        VerificationOutcome? outcome = null;

        var error = await Record.ExceptionAsync(async () => outcome = await scene.RunAsync());

        once.Happened.ShouldBeTrue($"the run ended before: {error}");
        scene.Guest.IsHeld.ShouldBeFalse("a shell that nobody lets go stays open in the guest");
        if (error is not null)
            error.ShouldBeAssignableTo<ContainerHostException>()!.Message.ShouldContain("Try:");
        else
            // What a check tidies up with may fail without a word; nothing else may.
            outcome!.Report.Checks.Where(check => !check.Passed).ShouldAllBe(check => check.Problem != null);

        scene.Guest.Faults = _ => null;
        (await scene.RunAsync()).Report.Passed.ShouldBeTrue();
    }

    private static int CountCalls()
    {
        using var scene = new WindowsScene();
        scene.RunAsync().GetAwaiter().GetResult();
        return scene.Guest.Calls.Count;
    }
}
