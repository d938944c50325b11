using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Machines;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>The hosts of a private network: each has an address of its own there, and knows the others by name.</summary>
internal sealed class PrivateNetworkHosts(HostServices services)
{
    private const string Script = "Guests.Debian.join-network.py";

    /// <summary>Refuses a host whose address another has, or that none of the others would reach.</summary>
    /// <exception cref="InvalidInputException">It is so.</exception>
    public void RequireRoom(HostSpec spec)
    {
        if (spec.PrivateNetwork is not { } wanted)
            return;
        var problems = Members(wanted.Name)
            .Where(other => other.Spec.Name != spec.Name)
            .Select(other => (other.Spec, other.Spec.Name, Network: other.Spec.PrivateNetwork!))
            .Select(other =>
                other.Spec.Provider != spec.Provider || other.Spec.HyperV?.Computer != spec.HyperV?.Computer
                    ? $"--private-network '{wanted}' is that of the host '{other.Name}', whose machine is not where this one's will be. Choose another name for it."
                : other.Network.Address == wanted.Address
                    ? $"--private-network '{wanted}' has the address of the host '{other.Name}'."
                : !other.Network.IsBeside(wanted)
                    ? $"--private-network '{wanted}' is not the network that the host '{other.Name}' is on, which is {other.Network}."
                : null
            )
            .OfType<string>()
            .ToList();
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
    }

    /// <summary>Puts a guest on its network and tells it who else is there; nothing for a host that is on none.</summary>
    public async Task JoinAsync(HostState host, IGuestShell shell, CancellationToken cancellationToken)
    {
        if (host.Spec.PrivateNetwork is not { } own)
            return;
        var folder = services.Store.FolderOf(host.Spec.Name);
        var machine = await services.HypervisorFor(host.Spec).GetSpecAsync(folder, cancellationToken);
        var others = Members(own.Name)
            .Where(other => other.Spec.Name != host.Spec.Name)
            .Select(other => $"{other.Spec.Name}={other.Spec.PrivateNetwork!.Address}");
        await shell.RunScriptAsync(
            Script,
            $"put the guest on the private network '{own.Name}'",
            cancellationToken,
            [machine?.PrivateMac ?? MachineSpec.PrivateMacOf(host.InstanceId), own.AddressWithBits, .. others]
        );
    }

    /// <summary>Tells the other hosts that run who is there now; those that cannot be reached are told when they are made or cloned again.</summary>
    public async Task TellOthersAsync(
        IReadOnlyCollection<HostName> joined,
        HostName network,
        CancellationToken cancellationToken
    )
    {
        foreach (var other in Members(network).Where(other => !joined.Contains(other.Spec.Name)))
        {
            var folder = services.Store.FolderOf(other.Spec.Name);
            try
            {
                var connection = new HostConnection(services, folder, () => other);
                await using var shell = await connection.ConnectAsItIsAsync(cancellationToken);
                if (shell is null)
                    continue;
                await JoinAsync(other, shell, cancellationToken);
            }
            catch (ContainerHostException failed)
            {
                services.Log.Warning("{Host} was not told of {Joined}: {Problem}", other.Spec.Name, joined, failed.Saw);
            }
        }
    }

    private IEnumerable<HostState> Members(HostName network) =>
        services
            .Store.List()
            .Select(services.Store.TryLoad)
            .OfType<HostState>()
            .Where(host => host.Spec.PrivateNetwork?.Name == network);
}
