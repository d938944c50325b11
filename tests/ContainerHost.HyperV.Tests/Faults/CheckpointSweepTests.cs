using ContainerHost.HyperV.Simulator;
using ContainerHost.HyperV.Simulator.Faults;
using ContainerHost.Machines;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Tests.Faults;

/// <summary>Every call that makes, restores or removes a checkpoint fails in every way it can: none is left half-made, and the same again succeeds.</summary>
public sealed class CheckpointSweepTests
{
    private static readonly Fault[] OfMethods =
    [
        new(FaultKind.Code, 32769),
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

    public static TheoryData<string, int, string, FaultKind, uint> Cases { get; } = [.. FindCases()];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_fails_leaves_no_half_and_may_be_repeated(
        string work,
        int number,
        string name,
        FaultKind kind,
        uint code
    )
    {
        var first = int.MaxValue;
        using var cancellation = new CancellationTokenSource();
        var once = new Once<SimulatedCall>(call => first != int.MaxValue && call.Number == first + number);
        using var scene = new Scene(
            new HostOptions
            {
                Cancellation = cancellation,
                Faults = call => once.IsAt(call) ? new Fault(kind, code) : null,
            }
        );
        var machine = await BeginAsync(scene, work);
        first = scene.Host.Calls.Count;

        var error = await Record.ExceptionAsync(() => WorkAsync(scene, machine, work, cancellation.Token));

        once.Happened.ShouldBeTrue(name);
        // What fails without a reason is asked for again where that does no harm.
        (error is not null || name == "ModifySystemSettings").ShouldBeTrue();
        if (work == "make" && error is not null)
            scene.Host.Checkpoints.Of(scene.Host.Machines.All[0]).ShouldBeEmpty();
        if (work == "restore" && error is not null)
            (await NamesAsync(scene, machine)).ShouldBe(["kept"]);
        if (work != "make" || error is not null)
            await WorkAsync(scene, machine, work, Token);
        (await NamesAsync(scene, machine)).ShouldBe(work == "remove" ? [] : ["kept"]);
        await scene.DestroyAsync(machine);
        scene.LeftoversOf(machine).ShouldBeEmpty();
    }

    private static async Task<IEnumerable<string>> NamesAsync(Scene scene, MachineSpec machine) =>
        (await scene.Hypervisor.GetCheckpointsAsync(machine.Folder, Token)).Select(one => one.Name);

    private static async Task<MachineSpec> BeginAsync(Scene scene, string work)
    {
        var machine = await scene.CreateAsync();
        await scene.Hypervisor.StartAsync(machine.Folder, Token);
        if (work != "make")
            await scene.Hypervisor.CreateCheckpointAsync(machine.Folder, "kept", Token);
        return machine;
    }

    private static Task WorkAsync(Scene scene, MachineSpec machine, string work, CancellationToken cancellationToken) =>
        work switch
        {
            "make" => scene.Hypervisor.CreateCheckpointAsync(machine.Folder, "kept", cancellationToken),
            "restore" => scene.Hypervisor.RestoreCheckpointAsync(machine.Folder, "kept", cancellationToken),
            _ => scene.Hypervisor.RemoveCheckpointAsync(machine.Folder, "kept", cancellationToken),
        };

    private static IEnumerable<(string, int, string, FaultKind, uint)> FindCases()
    {
        foreach (var work in new[] { "make", "restore", "remove" })
        {
            using var scene = new Scene();
            var machine = BeginAsync(scene, work).GetAwaiter().GetResult();
            var first = scene.Host.Calls.Count;
            WorkAsync(scene, machine, work, Token).GetAwaiter().GetResult();
            foreach (var call in scene.Host.Calls.Skip(first).ToList())
            foreach (var fault in call.IsMethod ? OfMethods : OfReads)
                yield return (work, call.Number - first, call.Name, fault.Kind, fault.Code);
        }
    }
}
