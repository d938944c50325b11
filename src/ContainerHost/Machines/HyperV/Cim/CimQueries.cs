using ContainerHost.Errors;

namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>Questions that more than one layer asks of a namespace.</summary>
internal static class CimQueries
{
    /// <summary>The only instance of a class, such as a service; an error with that advice when there is none.</summary>
    public static async Task<CimObject> OnlyAsync(
        this ICimNamespace space,
        string className,
        string advice,
        CancellationToken cancellationToken
    )
    {
        var found = await space.QueryAsync(WqlQuery.From(className), cancellationToken);
        return found.Count > 0
            ? found[0]
            : throw new ContainerHostException($"ask {space.Host}", $"it tells of no {className}", advice);
    }
}
