using Mi = Microsoft.Management.Infrastructure;

namespace ContainerHost.Machines.HyperV.Cim.Wmi;

/// <summary>Values of the library to ours and back, for every type that Hyper-V's classes use.</summary>
internal static class MiValues
{
    // The library's types have the same names as ours; those of arrays end so.
    private const string Many = "Array";

    /// <summary>
    /// The property as ours; null for the few types (single characters, real numbers) that nothing here reads. An instance is taken for where
    /// it is, since some transports hand over a job so, and a job that is overlooked is one that nobody waits for.
    /// </summary>
    public static CimProperty? Read(string name, Mi.CimType type, object? value)
    {
        var isArray = $"{type}".EndsWith(Many, StringComparison.Ordinal);
        var word = type switch
        {
            Mi.CimType.Instance => $"{CimType.Reference}",
            Mi.CimType.InstanceArray => $"{CimType.Reference}{Many}",
            _ => $"{type}",
        };
        return Enum.TryParse<CimType>(isArray ? word[..^Many.Length] : word, out var ours)
            ? new CimProperty(name, ours, isArray, value is null ? null : Read(ours, value))
            : null;
    }

    public static Mi.CimMethodParameter Write(CimProperty property)
    {
        var type = Enum.Parse<Mi.CimType>($"{property.Type}{(property.IsArray ? Many : "")}");
        var value = property.Value switch
        {
            CimPath path => MiInstances.Name(path),
            CimPath[] paths => paths.Select(MiInstances.Name).ToArray(),
            DateTimeOffset moment => moment.UtcDateTime,
            var other => other,
        };
        return Mi.CimMethodParameter.Create(property.Name, value, type, Mi.CimFlags.In);
    }

    private static object? Read(CimType type, object value) =>
        (type, value) switch
        {
            (CimType.Reference, Mi.CimInstance instance) => MiInstances.PathOf(instance),
            (CimType.Reference, Mi.CimInstance[] instances) => instances
                .Select(MiInstances.PathOf)
                .OfType<CimPath>()
                .ToArray(),
            (CimType.DateTime, DateTime moment) => new DateTimeOffset(moment),
            _ => value,
        };
}
