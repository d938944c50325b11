using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Machines.HyperV;

/// <summary>
/// The switch of a private network: one "with no ports. ... Any virtual machines that connect to such a switch can only communicate with other virtual
/// machines that are running on the same host" (Microsoft's samples, CreateSwitchSample.CreatePrivateSwitch), so that not even the Hyper-V host is on it. It
/// bears our mark in its notes; it comes with its first machine and goes with the last.
/// </summary>
internal sealed class PrivateNetworkSwitch(HyperVHost host)
{
    private const string Service = "Msvm_VirtualEthernetSwitchManagementService";
    private const string Settings = "Msvm_VirtualEthernetSwitchSettingData";
    private const string Mark = "containerhost-network: ";

    private const string Prefix = "ContainerHost ";

    private static string NameOf(HostName network) => $"{Prefix}{network}";

    /// <summary>Keeps other builds of this machine from making or removing it, until disposed.</summary>
    public Task<ProcessLock> HoldAsync(HostName network, CancellationToken cancellationToken) =>
        HoldAsync(NameOf(network), cancellationToken);

    private Task<ProcessLock> HoldAsync(string name, CancellationToken cancellationToken)
    {
        var place = Fingerprint.OfText($"{host.Space.Host} {name}");
        return ProcessLock.WaitAsync(
            Path.Combine(Path.GetTempPath(), $"containerhost-network-{place}.lock"),
            new Wait(
                $"another process lets the switch '{name}' go",
                TimeLimits.HyperVJob,
                "end that process if it hangs."
            ),
            host.Poll,
            cancellationToken
        );
    }

    /// <summary>The network's switch, made where it is not there yet.</summary>
    /// <exception cref="ContainerHostException">Another switch has its name.</exception>
    public async Task<CimPath> EnsureAsync(HostName network, string machine, CancellationToken cancellationToken)
    {
        var name = NameOf(network);
        if (await FindAsync(name, cancellationToken) is { } there)
            return there.Stored;
        if ((await NamedAsync(name, cancellationToken)).Count > 0)
            throw new ContainerHostException(
                $"make the private network '{network}' on {host.Space.Host}",
                $"a switch named '{name}' that is not ours is there already",
                "choose another name for --private-network, or rename that switch (Rename-VMSwitch).",
                machine
            );
        var service = await host.OnlyAsync(Service, cancellationToken);
        var call = new CimCall(
            $"make the switch of the private network '{network}'",
            service.Stored,
            "DefineSystem",
            CimProperty.Embedded(
                "SystemSettings",
                new CimObject(Settings).With(
                    CimProperty.String("ElementName", name),
                    CimProperty.Strings("Notes", $"{Mark}{network}")
                )
            )
        );
        await host.CallAsync(call, machine, cancellationToken);
        return (await FindAsync(name, cancellationToken))?.Stored
            ?? throw new ContainerHostException(
                call.Attempted,
                "the host tells of no such switch after it was made",
                "run the target again.",
                machine
            );
    }

    /// <summary>Removes it unless a machine is on it, or was when a checkpoint of it was made; one that is not there is fine.</summary>
    public async Task EndUnusedAsync(HostName network, CancellationToken cancellationToken)
    {
        using var held = await HoldAsync(network, cancellationToken);
        if (await FindAsync(NameOf(network), cancellationToken) is { } ours)
            await EndUnusedAsync(ours, cancellationToken);
    }

    /// <summary>The same for what a connection led to, whatever switch that is.</summary>
    public async Task EndUnusedAsync(CimPath path, CancellationToken cancellationToken)
    {
        var all = await host.Space.QueryAsync(WqlQuery.From("Msvm_VirtualEthernetSwitch"), cancellationToken);
        var name = all.FirstOrDefault(one => one.Stored.Equals(path))?.Text("ElementName");
        if (name?.StartsWith(Prefix, StringComparison.Ordinal) != true)
            return;
        using var held = await HoldAsync(name, cancellationToken);
        if (await FindAsync(name, cancellationToken) is { } ours && ours.Stored.Equals(path))
            await EndUnusedAsync(ours, cancellationToken);
    }

    private async Task EndUnusedAsync(CimObject here, CancellationToken cancellationToken)
    {
        if (await IsUsedAsync(here.Stored, cancellationToken))
            return;
        var service = await host.OnlyAsync(Service, cancellationToken);
        var call = new CimCall(
            $"remove the switch '{here.Text("ElementName")}'",
            service.Stored,
            "DestroySystem",
            CimProperty.Reference("AffectedSystem", here.Stored)
        );
        await host.CallAsync(call, machine: null, cancellationToken);
    }

    // Of that name alone, and with our mark.
    private async Task<CimObject?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var named = await NamedAsync(name, cancellationToken);
        var settings = await host.Space.QueryAsync(
            WqlQuery.From(Settings).Where("ElementName", name),
            cancellationToken
        );
        return named.Count == 1 && settings.Count == 1 && IsOurs(settings[0]) ? named[0] : null;
    }

    private static bool IsOurs(CimObject settings) =>
        (settings.Get<string[]>("Notes") ?? []).Any(note => note.StartsWith(Mark, StringComparison.Ordinal));

    private Task<IReadOnlyList<CimObject>> NamedAsync(string name, CancellationToken cancellationToken) =>
        host.Space.QueryAsync(
            WqlQuery.From("Msvm_VirtualEthernetSwitch").Where("ElementName", name),
            cancellationToken
        );

    private async Task<bool> IsUsedAsync(CimPath path, CancellationToken cancellationToken)
    {
        var query = WqlQuery.From("Msvm_EthernetPortAllocationSettingData");
        return (await host.Space.QueryAsync(query, cancellationToken)).Any(one => LeadsTo(one, path));
    }

    /// <summary>True for settings of a connection to that switch.</summary>
    public static bool LeadsTo(CimObject connection, CimPath path) => ResourcesOf(connection).Contains(path);

    /// <summary>What a connection leads to.</summary>
    public static IEnumerable<CimPath> ResourcesOf(CimObject connection) =>
        (connection.Get<string[]>("HostResource") ?? [])
            .Select(text => CimPath.TryParse(text, out var path) ? path : null)
            .OfType<CimPath>();
}
