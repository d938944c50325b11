using Mi = Microsoft.Management.Infrastructure;

namespace ContainerHost.Machines.HyperV.Cim.Wmi;

/// <summary>Values of the library to ours and back, for every type that Hyper-V's classes use.</summary>
internal static class MiValues
{
    private static readonly (CimType Ours, Mi.CimType One, Mi.CimType Many)[] Types =
    [
        (CimType.Boolean, Mi.CimType.Boolean, Mi.CimType.BooleanArray),
        (CimType.UInt8, Mi.CimType.UInt8, Mi.CimType.UInt8Array),
        (CimType.SInt8, Mi.CimType.SInt8, Mi.CimType.SInt8Array),
        (CimType.UInt16, Mi.CimType.UInt16, Mi.CimType.UInt16Array),
        (CimType.SInt16, Mi.CimType.SInt16, Mi.CimType.SInt16Array),
        (CimType.UInt32, Mi.CimType.UInt32, Mi.CimType.UInt32Array),
        (CimType.SInt32, Mi.CimType.SInt32, Mi.CimType.SInt32Array),
        (CimType.UInt64, Mi.CimType.UInt64, Mi.CimType.UInt64Array),
        (CimType.SInt64, Mi.CimType.SInt64, Mi.CimType.SInt64Array),
        (CimType.Real64, Mi.CimType.Real64, Mi.CimType.Real64Array),
        (CimType.String, Mi.CimType.String, Mi.CimType.StringArray),
        (CimType.DateTime, Mi.CimType.DateTime, Mi.CimType.DateTimeArray),
        (CimType.Reference, Mi.CimType.Reference, Mi.CimType.ReferenceArray),
    ];

    /// <summary>The property as ours; null for the few types (instances, single characters) that nothing here reads.</summary>
    public static CimProperty? Read(string name, Mi.CimType type, object? value)
    {
        var (ours, one, many) = Types.FirstOrDefault(known => known.One == type || known.Many == type);
        if (type != one && type != many || type == Mi.CimType.Unknown)
            return null;
        return new CimProperty(name, ours, type == many, value is null ? null : Read(ours, value));
    }

    public static Mi.CimMethodParameter Write(CimProperty property)
    {
        var (_, one, many) = Types.First(known => known.Ours == property.Type);
        var value = property.Value switch
        {
            CimPath path => MiInstances.Name(path),
            CimPath[] paths => paths.Select(MiInstances.Name).ToArray(),
            DateTimeOffset moment => moment.UtcDateTime,
            var other => other,
        };
        return Mi.CimMethodParameter.Create(property.Name, value, property.IsArray ? many : one, Mi.CimFlags.In);
    }

    private static object Read(CimType type, object value) =>
        (type, value) switch
        {
            (CimType.Reference, Mi.CimInstance instance) => MiInstances.PathOf(instance),
            (CimType.Reference, Mi.CimInstance[] instances) => instances.Select(MiInstances.PathOf).ToArray(),
            (CimType.DateTime, DateTime moment) => new DateTimeOffset(moment),
            (CimType.DateTime, DateTime[] moments) => moments.Select(moment => new DateTimeOffset(moment)).ToArray(),
            _ => value,
        };
}
