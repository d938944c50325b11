using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Machines;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;

namespace ContainerHost.Labs;

/// <summary>Compares a lab file with the hosts that are there; touches none.</summary>
internal sealed class LabPlanner(HostServices services)
{
    // What is done without making a host anew.
    private static readonly Change[] InPlace = [Change.InPlace, Change.Grow, Change.PowerCycle, Change.InstallAgain];

    /// <summary>A step for each host of the file, in its order, and one for each that only the lab knows.</summary>
    /// <exception cref="InvalidInputException">A host of one of the names is not the lab's.</exception>
    public async Task<IReadOnlyList<LabStep>> PlanAsync(Lab lab, CancellationToken cancellationToken)
    {
        RefuseStrangers(lab);
        var steps = new List<LabStep>();
        foreach (var host in lab.Hosts)
            steps.Add(await PlanAsync(host, cancellationToken));
        var gone = MembersOf(lab.Name).Except(lab.Hosts.Select(host => host.Name));
        return [.. steps, .. gone.Select(name => Leaves(name, "the file names it no more"))];
    }

    /// <summary>The end of a host that is there.</summary>
    public LabStep Leaves(HostName name, params string[] why) =>
        new(name, LabAction.Remove, why) { InstanceId = StateOf(name)?.InstanceId };

    /// <exception cref="InvalidInputException">A host of one of the names is not the lab's.</exception>
    public void RefuseStrangers(Lab lab)
    {
        var strangers = lab
            .Hosts.Where(host => StateOf(host.Name) is { } state && state.Lab != lab.Name.Value)
            .ToList();
        if (strangers.Count > 0)
            throw new InvalidInputException([
                .. strangers.Select(host =>
                    $"'{host.Name}' is there already, and is no host of the lab '{lab.Name}'; Destroy removes it."
                ),
            ]);
    }

    /// <summary>The names of the hosts that were made for a lab.</summary>
    public IEnumerable<HostName> MembersOf(HostName lab) =>
        services.Store.List().Where(name => services.Store.TryLoad(name)?.Lab == lab.Value);

    private async Task<LabStep> PlanAsync(LabHost host, CancellationToken cancellationToken)
    {
        var state = StateOf(host.Name);
        if (state is null)
            return Step(LabAction.Create, host.From is null ? "made from nothing" : $"cloned from '{host.From}'");
        var folder = services.Store.FolderOf(host.Name);
        var machine = await services.HypervisorFor(state.Spec).GetStateAsync(folder, cancellationToken);
        if (state.Find(Hosts.Step.CreateVm) is not { IsDone: true } || machine == MachineState.Absent)
            return Step(LabAction.Create, "an earlier run did not finish it");
        if (state.ClonedFrom != host.From?.Value)
            return Step(
                LabAction.Replace,
                $"it {(state.ClonedFrom is { } had ? $"was cloned from '{had}'" : "was made from nothing")}, and is to be {(host.From is null ? "made from nothing" : $"cloned from '{host.From}'")}"
            );
        // Killed before it had what its template has.
        if (host.From is not null && IsUnfinished(state, state.Spec))
            return Step(LabAction.Create, "an earlier run did not finish it");
        var wanted = host.Request.ToSpec(state.Spec);
        string[] anew =
        [
            .. SpecChange.Between(state.Spec, wanted, Change.MakeAnew),
            .. SpecChange.WithoutGrowth(state.Spec, wanted),
        ];
        if (anew.Length > 0)
            return Step(LabAction.Replace, anew);
        string[] changes =
        [
            .. InPlace.SelectMany(change => SpecChange.Between(state.Spec, wanted, change)),
            .. host
                .Scripts.Where(script => !state.HasRun(script.Mark(host.Request.ProvisionsAsUser)))
                .Select(script => $"'{script.Name}' is to be run"),
            .. machine == MachineState.Off ? ["it is off"] : Array.Empty<string>(),
            .. IsUnfinished(state, wanted) ? ["its runtime is not installed"] : Array.Empty<string>(),
        ];
        return Step(changes.Length == 0 ? LabAction.Keep : LabAction.Change, changes);

        LabStep Step(LabAction action, params string[] why) =>
            new(host.Name, action, why) { InstanceId = state?.InstanceId };
    }

    private static bool IsUnfinished(HostState state, HostSpec wanted) =>
        wanted.Runtime != RuntimeKind.None && state.Find(Hosts.Step.InstallContainers) is not { IsDone: true };

    private HostState? StateOf(HostName name) => services.Store.Load(name);
}
