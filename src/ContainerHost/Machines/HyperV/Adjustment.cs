using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Machines.HyperV.Settings;

namespace ContainerHost.Machines.HyperV;

/// <summary>Sets processors, memory and nesting of a machine that is off. What is right already is not written again.</summary>
internal sealed class Adjustment(HyperVHost host)
{
    private const string LetSpoof = "let the machine's guests have network addresses of their own (MAC spoofing)";

    public async Task ApplyAsync(HyperVMachine machine, MachineSize size, CancellationToken cancellationToken)
    {
        if (!machine.IsOff)
            throw new ContainerHostException(
                "change the machine",
                $"it {(machine.State == HyperVState.Saved ? "is saved" : "runs")}; processors, memory and nesting change only while it is off",
                $"stop it first, or make it anew with --recreate.",
                machine.Name
            );
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
        foreach (var now in await host.Machines.PartsAsync(machine, kind.ClassName, cancellationToken))
        {
            var wanted = change(now);
            if (CimXml.Write(now) != CimXml.Write(wanted))
                await host.ManageAsync(
                    attempted,
                    "ModifyResourceSettings",
                    machine.Name,
                    cancellationToken,
                    CimProperty.Embedded("ResourceSettings", [wanted])
                );
        }
    }

    // The containers' machines in the guest have network addresses of their own, which a port drops unless it is told not to.
    private async Task AllowMacSpoofingAsync(HyperVMachine machine, bool allow, CancellationToken cancellationToken)
    {
        var connection = ResourceKind.EthernetConnection.ClassName;
        foreach (var port in await host.Machines.PartsAsync(machine, connection, cancellationToken))
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
                await host.ManageAsync(
                    LetSpoof,
                    "AddFeatureSettings",
                    machine.Name,
                    cancellationToken,
                    CimProperty.Reference("AffectedConfiguration", port.Stored),
                    CimProperty.Embedded("FeatureSettings", [MachineSettings.Security(defaults, macSpoofing: true)])
                );
            }
            foreach (var feature in features.Where(one => one.Get<bool>("AllowMacSpoofing") != allow))
                await host.ManageAsync(
                    LetSpoof,
                    "ModifyFeatureSettings",
                    machine.Name,
                    cancellationToken,
                    CimProperty.Embedded("FeatureSettings", [MachineSettings.Security(feature, allow)])
                );
        }
    }
}
