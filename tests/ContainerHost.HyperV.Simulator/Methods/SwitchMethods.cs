using ContainerHost.HyperV.Simulator.Schema;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Methods;

/// <summary>Virtual switches.</summary>
internal sealed class SwitchMethods(SimulatedHost host)
{
    public MethodPlan Define(CimCall call)
    {
        var settings = call.Instance("SystemSettings");
        var ports = call.Need<string[]>("ResourceSettings").Select(CimXml.Read).ToList();
        var leadsTo = ports.SelectMany(port => port.Get<string[]>("HostResource") ?? []).Select(CimPath.Parse).ToList();
        if (settings.Text("InstanceID").Length > 0)
            throw new SchemaViolationException(
                "DefineSystem is given an InstanceID, which is a key that the host makes."
            );
        if (
            leadsTo.Any(path => host.Store.Find(path) is null)
            || leadsTo.All(path => path.ClassName is not ("Msvm_ExternalEthernetPort" or "Msvm_WiFiPort"))
        )
            return MethodPlan.Invalid;
        return MethodPlan.Do(() =>
            new Furnishing(host).AddSwitch(
                settings.Text("ElementName"),
                $"{Guid.NewGuid():D}",
                "Msvm_ExternalEthernetPort"
            )
        );
    }

    public MethodPlan Destroy(CimCall call)
    {
        var path = call.Need<CimPath>("AffectedSystem");
        return host.Store.Find(path) is null ? MethodPlan.Invalid : MethodPlan.Do(() => host.Store.Remove(path));
    }
}
