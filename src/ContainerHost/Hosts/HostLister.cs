using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts.Life;
using ContainerHost.Hosts.Mounts;
using ContainerHost.Machines;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>Lists the hosts without touching them or waiting for their locks.</summary>
internal sealed class HostLister(HostServices services)
{
    public async Task<IReadOnlyList<HostOverview>> ListAsync(CancellationToken cancellationToken)
    {
        var hosts = new List<HostOverview>();
        foreach (var name in services.Store.List())
            hosts.Add(await LookAtAsync(name, cancellationToken));
        return hosts;
    }

    private async Task<HostOverview> LookAtAsync(HostName name, CancellationToken cancellationToken)
    {
        try
        {
            var folder = services.Store.FolderOf(name);
            if (services.Store.Load(name) is not { } state)
                return new HostOverview { Name = name, State = HostCondition.HalfMade };
            var hypervisor = services.HypervisorFor(state.Spec);
            var machine = await hypervisor.GetStateAsync(folder, cancellationToken);
            var (endpoint, problem) = await FindAsync(hypervisor, folder, state.Spec.Forward, cancellationToken);
            var use = await MeasureAsync(hypervisor, folder, cancellationToken);
            if (endpoint is not null && new HostMounts(services).FindMissing(state).ToList() is { Count: > 0 } missing)
                problem = string.Join("; ", missing.Prepend(problem).OfType<string>());
            return new HostOverview
            {
                Name = name,
                State = Condition(state, machine),
                DiskBytes = use.DiskBytes,
                MemoryBytes = use.MemoryBytes,
                Guest = state.Spec.Guest.Id,
                Address = state.Address,
                Ssh = endpoint?.ToString(),
                CreatedAt = state.CreatedAt,
                ExpiresAt = state.ExpiresAt,
                Forwards = [.. (state.Spec.Forward?.All ?? []).Select(one => $"{one}")],
                DataDisk = state.Spec.DataDisk?.ToString(),
                Autostart = await new HostAutostart(services).IsOnAsync(name, hypervisor, cancellationToken),
                Mounts = [.. (state.Spec.Mount?.All ?? []).Select(one => $"{one}")],
                Problem = problem,
                LastVerification = state.LastVerification,
            };
        }
        catch (ContainerHostException problem)
        {
            return new HostOverview
            {
                Name = name,
                State = HostCondition.Damaged,
                Problem = problem.Saw,
            };
        }
    }

    // A machine that keeps a checkpoint just now, or hangs, is no damaged host.
    private static async Task<(GuestEndpoint? Endpoint, string? Problem)> FindAsync(
        IHypervisor hypervisor,
        HostFolder folder,
        PortForwards? wanted,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var endpoint = await hypervisor.GetEndpointAsync(folder, cancellationToken);
            if (endpoint is null || wanted is null)
                return (endpoint, null);
            var missing = wanted.All.Except(await hypervisor.GetForwardsAsync(folder, cancellationToken)).ToList();
            return (endpoint, missing.Count == 0 ? null : $"not forwarded: {string.Join(", ", missing)}");
        }
        catch (ContainerHostException busy)
        {
            return (null, busy.Saw);
        }
    }

    private static async Task<MachineUse> MeasureAsync(
        IHypervisor hypervisor,
        HostFolder folder,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await hypervisor.GetUseAsync(folder, cancellationToken);
        }
        catch (ContainerHostException)
        {
            // Whoever lists hosts wants to know of the others.
            return new MachineUse(null, null);
        }
    }

    private static HostCondition Condition(HostState state, MachineState machine) =>
        state.Find(Step.CreateVm) is not { IsDone: true } || machine == MachineState.Absent ? HostCondition.HalfMade
        : machine == MachineState.Running ? HostCondition.Running
        : HostCondition.Off;
}
