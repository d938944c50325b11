using ContainerHost.Errors;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.Machines.HyperV.Settings;

/// <summary>
/// Reads what a host gives new devices by default: from the kind's primordial pool over its capabilities to the settings of role and range
/// "default" (Microsoft's reference of Msvm_SettingsDefineCapabilities: 0 and 0).
/// </summary>
internal sealed class DefaultSettings(HyperVHost host)
{
    public async Task<CimObject> ReadAsync(ResourceKind kind, CancellationToken cancellationToken)
    {
        var query = WqlQuery.From("Msvm_ResourcePool").Where("ResourceSubType", kind.SubType);
        var pools = await host.Space.QueryAsync(query, cancellationToken);
        foreach (var pool in pools.Where(pool => pool.Get<bool>("Primordial")))
        {
            var capabilities = await host.Space.AssociatorsAsync(
                pool.Stored,
                "Msvm_ElementCapabilities",
                "Msvm_AllocationCapabilities",
                cancellationToken
            );
            foreach (var capability in capabilities)
            {
                var found = await host.Space.DefaultOfAsync(
                    capability,
                    "Msvm_SettingsDefineCapabilities",
                    kind.ClassName,
                    cancellationToken
                );
                if (found is not null)
                    return found;
            }
        }
        throw new ContainerHostException(
            $"read the defaults of '{kind.SubType}' on {host.Space.Host}",
            pools.Count == 0 ? "the host has no pool of that kind" : "its pools define no default settings",
            "see that the Hyper-V role is whole and the service vmms runs."
        );
    }
}
