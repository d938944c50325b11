using ContainerHost.HyperV.Simulator.Schema;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Methods;

/// <summary>Virtual switches.</summary>
internal sealed class SwitchMethods(SimulatedHost host)
{
    public MethodPlan Define(CimCall call)
    {
        var settings = call.Instance("SystemSettings");
        // "This can be null if the switch is supposed to be 'Private'" (Microsoft's samples, CreateSwitchSample).
        var ports = call.Arguments.Any(one => one.Name == "ResourceSettings") ? call.Instances("ResourceSettings") : [];
        var leadsTo = ports.SelectMany(port => port.Get<string[]>("HostResource") ?? []).Select(CimPath.Parse).ToList();
        if (settings.Text("InstanceID").Length > 0)
            throw new SchemaViolationException(
                "DefineSystem is given an InstanceID, which is a key that the host makes."
            );
        if (
            leadsTo.Any(path => host.Store.Find(path) is null)
            || leadsTo.Count > 0
                && leadsTo.All(path => path.ClassName is not ("Msvm_ExternalEthernetPort" or "Msvm_WiFiPort"))
        )
            return MethodPlan.Invalid;
        return MethodPlan.Do(() =>
            new Furnishing(host).AddSwitch(
                settings.Text("ElementName"),
                $"{Guid.NewGuid():D}",
                leadsTo.Count > 0 ? "Msvm_ExternalEthernetPort" : null,
                settings.Get<string[]>("Notes")
            )
        );
    }

    public MethodPlan Destroy(CimCall call)
    {
        var path = call.Need<CimPath>("AffectedSystem");
        return host.Store.Find(path) is not { } known
            ? MethodPlan.Invalid
            : MethodPlan.Do(() =>
            {
                host.Store.Remove(path);
                host.Store.Remove(
                    host.Store.OfClass("Msvm_VirtualEthernetSwitchSettingData")
                        .Where(one => one.Text("VirtualSystemIdentifier") == known.Text("Name"))
                );
            });
    }
}
