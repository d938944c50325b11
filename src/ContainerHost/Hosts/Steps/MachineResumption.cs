using ContainerHost.Machines;
using ContainerHost.Specification.Parameters;

namespace ContainerHost.Hosts.Steps;

/// <summary>Whether to go on with a machine that an earlier run began: one that a killed run had defined is whole, anything less is made anew.</summary>
internal sealed class MachineResumption(StepContext context)
{
    private HostSession Session => context.Session;

    /// <summary>True when the earlier run wanted the same, and its machine is worth going on with.</summary>
    public async Task<bool> IsPossibleAsync(CancellationToken cancellationToken) =>
        // A clone that was cut off may have no identity yet.
        Session.State
            is { HostPublicKey: not null, ClonedFrom: null } state
        && state.Find(Step.CreateVm) is { } begun
        && context.IsSame(begun, Change.MakeAnew)
        && context.Changes(Change.MakeAnew).Count == 0
        && context.Changes(Change.PowerCycle).Count == 0
        && context.Password is null
        && await IsWorthGoingOnAsync(cancellationToken);

    // An installation that was interrupted by a power cut is made anew; one that runs goes on, and may have given up its medium already.
    private async Task<bool> IsWorthGoingOnAsync(CancellationToken cancellationToken)
    {
        var state = await context.Hypervisor.GetStateAsync(Session.Folder, cancellationToken);
        return state != MachineState.Absent
            && await context.Hypervisor.GetSpecAsync(Session.Folder, cancellationToken) switch
            {
                null => false,
                { HasMedia: false } => true,
                { Boot.SetsUp: not null } => state == MachineState.Running,
                _ => File.Exists(Session.Folder.Seed),
            };
    }
}
