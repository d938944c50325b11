namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>A named value with its CIM type: of an instance, or an argument of a method. An array is a .NET array of the type; null is CIM's null.</summary>
internal sealed record CimProperty(string Name, CimType Type, bool IsArray, object? Value)
{
    public static CimProperty String(string name, string? value) => new(name, CimType.String, false, value);

    public static CimProperty Strings(string name, params string[] values) => new(name, CimType.String, true, values);

    public static CimProperty Boolean(string name, bool value) => new(name, CimType.Boolean, false, value);

    public static CimProperty UInt16(string name, ushort value) => new(name, CimType.UInt16, false, value);

    public static CimProperty UInt32(string name, uint value) => new(name, CimType.UInt32, false, value);

    public static CimProperty UInt64(string name, ulong value) => new(name, CimType.UInt64, false, value);

    public static CimProperty Reference(string name, CimPath value) => new(name, CimType.Reference, false, value);

    public static CimProperty References(string name, params CimPath[] values) =>
        new(name, CimType.Reference, true, values);

    /// <summary>An instance that travels as text, in CIM's XML.</summary>
    public static CimProperty Embedded(string name, CimObject value) => String(name, CimXml.Write(value));

    /// <summary>Instances that travel as texts, in CIM's XML.</summary>
    public static CimProperty Embedded(string name, params CimObject[] values) =>
        Strings(name, [.. values.Select(CimXml.Write)]);
}

/// <summary>The types of CIM (DMTF DSP0004) that Hyper-V's classes use, each with one .NET type; see <see cref="CimText"/>.</summary>
internal enum CimType
{
    Boolean,
    UInt8,
    SInt8,
    UInt16,
    SInt16,
    UInt32,
    SInt32,
    UInt64,
    SInt64,
    Real64,
    String,

    /// <summary>A <see cref="DateTimeOffset"/>, or a <see cref="TimeSpan"/> for an interval.</summary>
    DateTime,

    /// <summary>A <see cref="CimPath"/>.</summary>
    Reference,
}
