using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Settings;

namespace ContainerHost.Machines.HyperV;

/// <summary>Sets processors, memory and nesting of a machine that is off. What is right already is not written again.</summary>
internal sealed class Adjustment(HyperVHost host, VirtualMachines machines)
{
    public async Task ApplyAsync(HyperVMachine machine, MachineSize size, CancellationToken cancellationToken)
    {
        if (!machine.IsOff)
        {
            throw new ContainerHostException(
                "change the machine",
                $"it {(machine.State == HyperVState.Saved ? "is saved" : "runs")}; processors, memory and nesting change only while it is off",
                $"stop it first, or make it anew with --recreate.",
                machine.Name
            );
        }
        await ModifyAsync(
            machine,
            ResourceKind.Memory,
            "set the machine's memory",
            now => MachineSettings.Memory(now, size.Memory),
            cancellationToken
        );
        await ModifyAsync(
            machine,
            ResourceKind.Processor,
            "set the machine's processors",
            now => MachineSettings.Processors(now, size.Cpus, size.Nested),
            cancellationToken
        );
        await AllowMacSpoofingAsync(machine, size.Nested, cancellationToken);
    }

    private async Task ModifyAsync(
        HyperVMachine machine,
        ResourceKind kind,
        string attempted,
        Func<CimObject, CimObject> change,
        CancellationToken cancellationToken
    )
    {
        foreach (var now in await machines.PartsAsync(machine, kind.ClassName, cancellationToken))
        {
            var wanted = change(now);
            if (!Same(now, wanted))
                await host.Management.ModifyAsync(attempted, wanted, machine.Name, cancellationToken);
        }
    }

    // The containers' machines in the guest have network addresses of their own, which a port drops unless it is told not to.
    private async Task AllowMacSpoofingAsync(HyperVMachine machine, bool allow, CancellationToken cancellationToken)
    {
        foreach (
            var port in await machines.PartsAsync(machine, ResourceKind.EthernetConnection.ClassName, cancellationToken)
        )
        {
            var features = await host.Space.AssociatorsAsync(
                port.Stored,
                "Msvm_EthernetPortSettingDataComponent",
                DefaultSettings.PortSecurity,
                cancellationToken
            );
            if (features.Count == 0 && allow)
            {
                var defaults = await new DefaultSettings(host).ReadPortSecurityAsync(cancellationToken);
                var wanted = MachineSettings.Security(defaults, macSpoofing: true);
                await host.Management.AddFeatureAsync(port.Stored, wanted, machine.Name, cancellationToken);
            }
            foreach (var feature in features.Where(one => one.Get<bool>("AllowMacSpoofing") != allow))
                await host.Management.ModifyFeatureAsync(
                    MachineSettings.Security(feature, allow),
                    machine.Name,
                    cancellationToken
                );
        }
    }

    private static bool Same(CimObject left, CimObject right) => CimXml.Write(left) == CimXml.Write(right);
}
