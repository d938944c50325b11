using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.Machines.HyperV;

/// <summary>Finds machines: by our mark, or by name to see that a name is free. Captions are localised and never looked at.</summary>
internal sealed class VirtualMachines(HyperVHost host)
{
    private const string Realized = "Microsoft:Hyper-V:System:Realized";

    private static readonly WqlQuery All = WqlQuery
        .From("Msvm_VirtualSystemSettingData")
        .Where("VirtualSystemType", Realized);

    /// <summary>The machine with that mark, or null.</summary>
    public async Task<HyperVMachine?> FindAsync(Guid mark, CancellationToken cancellationToken)
    {
        var settings = (await host.Space.QueryAsync(All, cancellationToken)).FirstOrDefault(one =>
            OwnershipMark.IsOn(one, mark)
        );
        return settings is null ? null : await CompleteAsync(settings, cancellationToken);
    }

    /// <summary>The machine with that mark, which must be there.</summary>
    public async Task<HyperVMachine> NeedAsync(Guid mark, string name, CancellationToken cancellationToken) =>
        await FindAsync(mark, cancellationToken)
        ?? throw new ContainerHostException(
            $"find the machine on {host.Space.Host}",
            "no machine there bears the host's mark",
            $"'./build.sh CreateVm --name {name} --recreate' makes it anew.",
            name
        );

    /// <summary>The marks of the machines of that name; null for those that are not ours.</summary>
    public async Task<IReadOnlyList<Guid?>> MarksOfAsync(string name, CancellationToken cancellationToken)
    {
        var named = await host.Space.QueryAsync(All.Where("ElementName", name), cancellationToken);
        return [.. named.Select(OwnershipMark.ReadFrom)];
    }

    /// <summary>The settings of a kind that a machine has.</summary>
    public Task<IReadOnlyList<CimObject>> PartsAsync(
        HyperVMachine machine,
        string className,
        CancellationToken cancellationToken
    ) =>
        host.Space.AssociatorsAsync(
            machine.Settings.Stored,
            "Msvm_VirtualSystemSettingDataComponent",
            className,
            cancellationToken
        );

    /// <summary>A device of the machine, such as its heartbeat; null when it has none.</summary>
    public async Task<CimObject?> DeviceAsync(
        HyperVMachine machine,
        string className,
        CancellationToken cancellationToken
    )
    {
        var found = await host.Space.AssociatorsAsync(
            machine.System.Stored,
            "Msvm_SystemDevice",
            className,
            cancellationToken
        );
        return found.Count > 0 ? found[0] : null;
    }

    private async Task<HyperVMachine?> CompleteAsync(CimObject settings, CancellationToken cancellationToken)
    {
        // The settings name their machine by its GUID, which is also its key.
        var path = CimPath.Of(
            "Msvm_ComputerSystem",
            ("CreationClassName", "Msvm_ComputerSystem"),
            ("Name", settings.Text("VirtualSystemIdentifier"))
        );
        try
        {
            return new HyperVMachine(settings, await host.Space.GetAsync(path, cancellationToken));
        }
        catch (CimCallException gone) when (gone.Failure == CimFailure.NotFound)
        {
            return null;
        }
    }
}
