using ContainerHost.Errors;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Ports;

/// <summary>The ports of this machine that lead to hosts: nobody else may have them, and they are there while a host runs.</summary>
internal sealed class HostForwards(HostServices services)
{
    /// <summary>Refuses ports that a host cannot have, and warns of those that others reach; touches nothing.</summary>
    /// <exception cref="InvalidInputException">Another host has one, or whoever else, or nobody may; every problem at once.</exception>
    public async Task RequireFreeAsync(HostSpec spec, CancellationToken cancellationToken)
    {
        if (spec.Forward is not { All: var wanted })
            return;
        var others = services.Store.List().Where(name => name != spec.Name).Select(services.Store.TryLoad).ToList();
        var own = await FindOwnAsync(spec, cancellationToken);
        var withOurRights = services.HypervisorFor(spec).ListensWithOurRights;
        var problems = new List<string>();
        foreach (var one in wanted)
        {
            var other = others.Find(other => other?.Spec.Forward?.All.Any(one.Overlaps) == true);
            var problem =
                other is not null ? $"the host '{other.Spec.Name}' has the port; Unforward takes it away"
                : own is null || own.Any(one.Overlaps) ? null
                : LocalPort.ProblemOf(one, withOurRights);
            if (problem is not null)
                problems.Add($"--forward '{one}' is not possible: {problem}.");
            else if (!one.IsLocal)
                services.Log.Warning(
                    "--forward: whoever reaches this machine at {Address} reaches port {Port} of {Host}, and whatever listens there, without a password of ours",
                    one.Address.Equals(System.Net.IPAddress.Any) ? "any of its addresses" : one.Address,
                    $"{one.GuestPort}/{one.Protocol}",
                    spec.Name
                );
        }
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
    }

    /// <summary>Has exactly the ports of its spec lead to a host that runs.</summary>
    /// <exception cref="ContainerHostException">One cannot be had; the others are as they were.</exception>
    public async Task ApplyAsync(HostSpec spec, CancellationToken cancellationToken)
    {
        var hypervisor = services.HypervisorFor(spec);
        var wanted = spec.Forward?.All ?? [];
        try
        {
            await hypervisor.ForwardAsync(services.Store.FolderOf(spec.Name), wanted, cancellationToken);
        }
        catch (ContainerHostException refused) when (refused is not InvalidInputException)
        {
            var own = await FindOwnAsync(spec, cancellationToken);
            var reasons = wanted
                .Where(one => own?.Any(one.Overlaps) == false)
                .Select(one =>
                    LocalPort.ProblemOf(one, hypervisor.ListensWithOurRights) is { } why ? $"{one}: {why}" : null
                )
                .OfType<string>();
            throw new ContainerHostException(
                refused.Attempted,
                string.Join('\n', [refused.Saw, .. reasons]),
                refused.Try,
                spec.Name.Value,
                refused
            );
        }
    }

    /// <summary>Ends what leads to a host and is not of its spec; what is of it and not there is left so.</summary>
    public async Task EndOthersAsync(HostSpec spec, CancellationToken cancellationToken)
    {
        var (hypervisor, folder) = (services.HypervisorFor(spec), services.Store.FolderOf(spec.Name));
        var there = await hypervisor.GetHeldPortsAsync(folder, cancellationToken);
        var wanted = there.Intersect(spec.Forward?.All ?? []).ToList();
        if (wanted.Count < there.Count)
            await hypervisor.ForwardAsync(folder, wanted, cancellationToken);
    }

    /// <summary>As <see cref="ApplyAsync"/>, for a host that somebody wants to reach: what cannot be had is told, and is no failure.</summary>
    public async Task TryApplyAsync(HostSpec spec, CancellationToken cancellationToken)
    {
        if (spec.Forward is null)
            return;
        try
        {
            await ApplyAsync(spec, cancellationToken);
        }
        catch (ContainerHostException refused)
        {
            services.Log.Warning(
                "{Host} is there without its forwards, {Forwards}: {Problem}",
                spec.Name,
                spec.Forward,
                refused.Saw
            );
        }
    }

    // Null where the machine does not tell just now, as while it keeps a checkpoint.
    private async Task<IReadOnlyList<PortForward>?> FindOwnAsync(HostSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            var folder = services.Store.FolderOf(spec.Name);
            return await services.HypervisorFor(spec).GetHeldPortsAsync(folder, cancellationToken);
        }
        catch (ContainerHostException)
        {
            return null;
        }
    }
}
