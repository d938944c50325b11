using ContainerHost.HyperV.Simulator;
using ContainerHost.HyperV.Simulator.Faults;
using ContainerHost.HyperV.Tests.Faults;
using ContainerHost.Machines.HyperV;

namespace ContainerHost.HyperV.Tests.Templates;

/// <summary>
/// Each call that changes something while a template or a clone is made, and every tenth that reads, fails; or the run is killed there: nothing is left, or what is left is
/// removed, and the next run succeeds.
/// </summary>
public sealed class TemplateSweepTests
{
    private const string Golden = TemplateScene.Golden;
    private const string Clone = "lab-1";

    // By turns: several ways for each call would take minutes.
    private static readonly Fault[] OfMethods =
    [
        new(FaultKind.Code, 32769),
        new(FaultKind.JobFails, 32778),
        new(FaultKind.SessionLost),
        new(FaultKind.AnswerLost),
        new(FaultKind.Cancelled),
        new(FaultKind.AnswerLate),
    ];

    private static readonly Fault[] OfReads = [new(FaultKind.SessionLost), new(FaultKind.Cancelled)];

    public static TheoryData<bool, int, string, FaultKind, uint> Cases { get; } = [.. FindCases()];

    public static TheoryData<bool, int, string> Kills { get; } =
    [.. from one in FindCases() where IsChange(one.Item3) select (one.Item1, one.Item2, one.Item3)];

    [Fact]
    public void The_sweep_has_at_least_60_cases()
    {
        Console.WriteLine($"Template sweep: {Cases.Count} faults, {Kills.Count} kills");
        Cases.Count.ShouldBeGreaterThanOrEqualTo(60);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_fails_leaves_nothing_and_is_repeated_with_success(
        bool clones,
        int number,
        string name,
        FaultKind kind,
        uint code
    )
    {
        var first = int.MaxValue;
        using var cancellation = new CancellationTokenSource();
        var once = new Once<SimulatedCall>(call => first != int.MaxValue && call.Number == first + number);
        using var scene = new TemplateScene(
            new HostOptions
            {
                Cancellation = cancellation,
                Faults = call => once.IsAt(call) ? new Fault(kind, code) : null,
            }
        );
        await BeginAsync(scene, clones);
        first = scene.Host.Calls.Count;

        var error = await Record.ExceptionAsync(() => WorkAsync(scene, clones, cancellation.Token));

        once.Happened.ShouldBeTrue(name);
        scene.Leftovers().ShouldBeEmpty($"{error}");
        // One that is whole stays, though its host could not be started again.
        if (error is not null && (clones || scene.Store.List().Count == 0))
        {
            IsThere(scene, clones).ShouldBeFalse($"{error}");
            await WorkAsync(scene, clones, Token);
        }
        await EndAsync(scene, clones);
    }

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task What_a_killed_run_left_is_removed_whole_and_made_again(bool clones, int number, string name)
    {
        var killedAt = int.MaxValue;
        using var scene = new TemplateScene(
            new HostOptions { Faults = call => call.Number >= killedAt ? new Fault(FaultKind.SessionLost) : null }
        );
        await BeginAsync(scene, clones);
        killedAt = scene.Host.Calls.Count + number;

        await Record.ExceptionAsync(() => WorkAsync(scene, clones, Token));

        scene.Host.Calls.Count.ShouldBeGreaterThanOrEqualTo(killedAt, name);
        killedAt = int.MaxValue;
        if (clones)
            await scene.DestroyAsync(Clone);
        else
            await scene.RemoveTemplateAsync();
        scene.Leftovers().ShouldBeEmpty();
        IsThere(scene, clones).ShouldBeFalse();
        await WorkAsync(scene, clones, Token);
        await EndAsync(scene, clones);
    }

    private static bool IsThere(TemplateScene scene, bool clones) =>
        clones
            ? Directory.Exists(scene.FolderOf(Clone).Path)
            : Directory.Exists(scene.Store.FolderOf(TemplateScene.NameOf(Golden)).Path);

    private static async Task BeginAsync(TemplateScene scene, bool clones)
    {
        await scene.VerifyAsync(Golden);
        if (clones)
            await scene.TemplateAsync();
    }

    private static Task WorkAsync(TemplateScene scene, bool clones, CancellationToken cancellationToken) =>
        clones
            ? scene.CloneAsync(Golden, [Clone], cancellationToken)
            : scene.TemplateAsync(cancellationToken: cancellationToken);

    private static async Task EndAsync(TemplateScene scene, bool clones)
    {
        scene.Leftovers().ShouldBeEmpty();
        if (clones)
        {
            (await scene.VerifyAsync(Clone)).Report.Passed.ShouldBeTrue();
            return;
        }
        scene.Store.List().ShouldHaveSingleItem();
        // A run that was killed could not start it.
        await scene.Hypervisor.PowerOnAsync(scene.FolderOf(Golden), Token);
        scene.Leftovers().ShouldBeEmpty("time goes by");
        scene.MachineOf(Golden).State.ShouldBe(HyperVState.Running);
    }

    private static bool IsTried(SimulatedCall call) => IsChange(call.Name) || call.Number % 10 == 0;

    private static bool IsChange(string call) =>
        !call.StartsWith("query", StringComparison.Ordinal)
        && !call.StartsWith("get", StringComparison.Ordinal)
        && !call.StartsWith("associators", StringComparison.Ordinal);

    private static IEnumerable<(bool, int, string, FaultKind, uint)> FindCases()
    {
        foreach (var clones in (bool[])[false, true])
        {
            using var scene = new TemplateScene();
            BeginAsync(scene, clones).GetAwaiter().GetResult();
            var first = scene.Host.Calls.Count;
            WorkAsync(scene, clones, Token).GetAwaiter().GetResult();
            foreach (var call in scene.Host.Calls.Skip(first).Where(IsTried).ToList())
            {
                var kinds = call.IsMethod ? OfMethods : OfReads;
                var fault = kinds[call.Number % kinds.Length];
                yield return (clones, call.Number - first, call.Name, fault.Kind, fault.Code);
            }
        }
    }
}
