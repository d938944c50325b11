using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Specification;

namespace ContainerHost.Machines.HyperV;

/// <summary>Finds machines: by our mark, or by name to see that a name is free. Captions are localised and never looked at.</summary>
internal sealed class VirtualMachines(HyperVHost host)
{
    private const string Realized = "Microsoft:Hyper-V:System:Realized";

    private static readonly WqlQuery All = WqlQuery
        .From("Msvm_VirtualSystemSettingData")
        .Where("VirtualSystemType", Realized);

    public async Task<HyperVMachine?> FindAsync(Guid mark, CancellationToken cancellationToken)
    {
        var all = await host.Space.QueryAsync(All, cancellationToken);
        var settings = all.FirstOrDefault(one => OwnershipMark.ReadFrom(one) == mark);
        return settings is null ? null : await CompleteAsync(settings, cancellationToken);
    }

    public async Task<HyperVMachine> NeedAsync(MachineSpec spec, CancellationToken cancellationToken) =>
        await FindAsync(spec.InstanceId, cancellationToken)
        ?? throw new ContainerHostException(
            $"find the machine on {host.Space.Host}",
            "no machine there bears the host's mark",
            $"'./build.sh CreateVm --name {spec.Name} --recreate' makes it anew.",
            spec.Name.Value
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

    /// <summary>
    /// The bytes of memory that a running machine has of its host; null while it has none. "The current memory usage, in megabytes, of the virtual machine" (Microsoft's
    /// reference of Msvm_SummaryInformation), whose Name is the machine's.
    /// </summary>
    public async Task<long?> MemoryOfAsync(HyperVMachine machine, CancellationToken cancellationToken)
    {
        var query = WqlQuery.From("Msvm_SummaryInformation").Where("Name", machine.System.Text("Name"));
        var found = await host.Space.QueryAsync(query, cancellationToken);
        return found.Count > 0 && found[0].Get<ulong>("MemoryUsage") is > 0 and var megabytes
            ? ByteSize.FromMiB((long)megabytes).Bytes
            : null;
    }

    /// <summary>Where a machine, or the host itself, is: its settings and services name it by its GUID or name, which is its key.</summary>
    public static CimPath PathOf(string name) =>
        CimPath.Of("Msvm_ComputerSystem", ("CreationClassName", "Msvm_ComputerSystem"), ("Name", name));

    private async Task<HyperVMachine?> CompleteAsync(CimObject settings, CancellationToken cancellationToken)
    {
        var path = PathOf(settings.Text("VirtualSystemIdentifier"));
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
