using ContainerHost.Errors;
using ContainerHost.HyperV.Simulator;
using ContainerHost.HyperV.Simulator.Faults;
using ContainerHost.HyperV.Tests.Graph;
using ContainerHost.Machines;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Tests.Faults;

/// <summary>Every call that a creation makes fails in every way it can, and nothing of the machine may remain.</summary>
public sealed class FaultSweepTests
{
    private static readonly Fault[] OfMethods =
    [
        new(FaultKind.Code, 32768) { Lasts = true },
        new(FaultKind.Code, 32769),
        new(FaultKind.Code, 32774),
        new(FaultKind.Code, 32775) { Lasts = true },
        new(FaultKind.JobFails, 32768),
        new(FaultKind.JobFails, 32768) { Lasts = true },
        new(FaultKind.JobFails, 32778),
        new(FaultKind.JobNameless),
        new(FaultKind.JobHangs),
        new(FaultKind.SessionLost),
        new(FaultKind.AnswerLost),
        new(FaultKind.AnswerLate),
        new(FaultKind.AnswerFailed),
        new(FaultKind.Cancelled),
    ];

    private static readonly Fault[] OfReads = [new(FaultKind.SessionLost), new(FaultKind.Cancelled)];

    // Methods that are called again while they are refused for a reason that passes.
    private static readonly string[] Patient =
    [
        "AddResourceSettings",
        "ModifyResourceSettings",
        "ModifySystemSettings",
        "AddFeatureSettings",
    ];

    public static TheoryData<int, string, FaultKind, uint, bool> Cases { get; } = [.. FindCases()];

    [Fact]
    public void The_sweep_has_at_least_300_cases()
    {
        System.Console.WriteLine($"Fault sweep: {Cases.Count} cases");
        Cases.Count.ShouldBeGreaterThanOrEqualTo(300);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_creation_that_fails_leaves_nothing_and_tells_the_first_error(
        int number,
        string name,
        FaultKind kind,
        uint code,
        bool lasts
    )
    {
        var fault = new Fault(kind, code) { Lasts = lasts };
        using var cancellation = new CancellationTokenSource();
        var once = new Once<SimulatedCall>(call => call.Number == number);
        using var scene = new Scene(
            new HostOptions
            {
                Cancellation = cancellation,
                Faults = call => once.IsAt(call) || (lasts && once.Happened && call.Name == name) ? fault : null,
            }
        );
        var machine = Describe(scene);

        var error = await Record.ExceptionAsync(() => scene.Hypervisor.CreateAsync(machine, cancellation.Token));

        once.Happened.ShouldBeTrue(name);
        // A job that failed without a reason is repeated where that does no harm.
        var passes = CimCodes.PassesBy(code) || (code == CimCodes.Failed && error is null);
        if (!lasts && passes && Patient.Contains(name))
        {
            error.ShouldBeNull();
            scene.Host.Machines.All.ShouldHaveSingleItem();
            return;
        }
        Judge(fault, error.ShouldNotBeNull());
        scene.LeftoversOf(machine).ShouldBeEmpty();
        var switches = scene.Host.Store.OfClass("Msvm_VirtualEthernetSwitch").Select(one => one.Text("ElementName"));
        switches.ShouldNotContain("ContainerHost lab");
    }

    private static MachineSpec Describe(Scene scene) =>
        scene.Describe() with
        {
            PrivateNetwork = WindowsScene.NameOf("lab"),
        };

    private static void Judge(Fault fault, Exception error)
    {
        switch (fault.Kind)
        {
            case FaultKind.Cancelled:
                error.ShouldBeAssignableTo<OperationCanceledException>();
                break;
            case FaultKind.JobHangs:
                error.ShouldBeOfType<DeadlineException>();
                break;
            case FaultKind.Code or FaultKind.JobFails:
                error.ShouldBeOfType<CimCallException>().Code.ShouldBe(fault.Code);
                break;
            case FaultKind.JobNameless:
                error.ShouldBeOfType<CimCallException>().Saw.ShouldContain("did not say which");
                break;
            case FaultKind.AnswerLate:
                error.ShouldBeOfType<CimCallException>().Failure.ShouldBe(CimFailure.TimedOut);
                break;
            case FaultKind.AnswerFailed:
                error.ShouldBeOfType<CimCallException>().Saw.ShouldBe("a general error occurred");
                break;
            default:
                // Files tell of their disk instead of a session.
                error
                    .ShouldBeAssignableTo<ContainerHostException>()!
                    .Saw.ShouldBeOneOf("the session broke", "the disk does not answer");
                break;
        }
    }

    private static IEnumerable<(int, string, FaultKind, uint, bool)> FindCases()
    {
        using var scene = new Scene();
        scene.CreateAsync(Describe(scene)).GetAwaiter().GetResult();
        return
        [
            .. from call in scene.Host.Calls
            from fault in call.IsMethod ? OfMethods : OfReads
            // A method that begins no job cannot fail so, but for what the simulated host does with it.
            select (call.Number, call.Name, fault.Kind, fault.Code, fault.Lasts),
        ];
    }
}
