using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.Machines.HyperV.Settings;

/// <summary>The security settings of a switch port as the host gives them by default; by the feature's GUID, since names are localised.</summary>
internal sealed class PortSecurity(HyperVHost host)
{
    public const string ClassName = "Msvm_EthernetSwitchPortSecuritySettingData";
    private const string FeatureId = "776E0BA7-94A1-41C8-8F28-951F524251B5";

    public async Task<CimObject> DefaultsAsync(CancellationToken cancellationToken)
    {
        var query = WqlQuery.From("Msvm_EthernetSwitchFeatureCapabilities").Where("FeatureId", FeatureId);
        foreach (var capability in await host.Space.QueryAsync(query, cancellationToken))
        {
            var found = await host.Space.DefaultOfAsync(
                capability,
                "Msvm_FeatureSettingsDefineCapabilities",
                ClassName,
                cancellationToken
            );
            if (found is not null)
                return found;
        }
        throw new ContainerHostException(
            $"read the defaults of a switch port's security on {host.Space.Host}",
            "the host defines none",
            "see that the Hyper-V role is whole and the service vmms runs."
        );
    }
}
