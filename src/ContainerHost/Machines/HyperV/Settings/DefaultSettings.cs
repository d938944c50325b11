using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.Machines.HyperV.Settings;

/// <summary>
/// Reads what a host gives new things by default: the settings that their capabilities define, of minimum, maximum, increment and default the
/// one whose InstanceID ends so.
/// </summary>
internal sealed class DefaultSettings(HyperVHost host)
{
    public const string PortSecurity = "Msvm_EthernetSwitchPortSecuritySettingData";

    // By the feature's GUID, since names are localised.
    private const string PortSecurityId = "776E0BA7-94A1-41C8-8F28-951F524251B5";

    /// <summary>Those of a device, from its kind's primordial pool over its capabilities.</summary>
    public async Task<CimObject> ReadAsync(ResourceKind kind, CancellationToken cancellationToken)
    {
        var query = WqlQuery.From("Msvm_ResourcePool").Where("ResourceSubType", kind.SubType);
        var pools = await host.Space.QueryAsync(query, cancellationToken);
        var capabilities = new List<CimObject>();
        foreach (var pool in pools.Where(pool => pool.Get<bool>("Primordial")))
            capabilities.AddRange(
                await host.Space.AssociatorsAsync(
                    pool.Stored,
                    "Msvm_ElementCapabilities",
                    "Msvm_AllocationCapabilities",
                    cancellationToken
                )
            );
        const string association = "Msvm_SettingsDefineCapabilities";
        return await FindAsync(capabilities, association, kind.ClassName, cancellationToken)
            ?? throw Missing(
                $"'{kind.SubType}'",
                pools.Count == 0 ? "the host has no pool of that kind" : "its pools define no default settings"
            );
    }

    /// <summary>Those of a switch port's security.</summary>
    public async Task<CimObject> ReadPortSecurityAsync(CancellationToken cancellationToken)
    {
        var query = WqlQuery.From("Msvm_EthernetSwitchFeatureCapabilities").Where("FeatureId", PortSecurityId);
        var capabilities = await host.Space.QueryAsync(query, cancellationToken);
        const string association = "Msvm_FeatureSettingsDefineCapabilities";
        return await FindAsync(capabilities, association, PortSecurity, cancellationToken)
            ?? throw Missing("a switch port's security", "the host defines none");
    }

    private async Task<CimObject?> FindAsync(
        IEnumerable<CimObject> capabilities,
        string association,
        string className,
        CancellationToken cancellationToken
    )
    {
        foreach (var capability in capabilities)
        {
            var settings = await host.Space.AssociatorsAsync(
                capability.Stored,
                association,
                className,
                cancellationToken
            );
            var found = settings.FirstOrDefault(one =>
                one.Text("InstanceID").EndsWith(@"\Default", StringComparison.OrdinalIgnoreCase)
            );
            if (found is not null)
                return found;
        }
        return null;
    }

    private ContainerHostException Missing(string what, string saw) =>
        new(
            $"read the defaults of {what} on {host.Space.Host}",
            saw,
            "see that the Hyper-V role is whole and the service vmms runs."
        );
}
