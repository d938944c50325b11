using System.Globalization;

namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>Values as CIM writes them in XML (DMTF DSP0201), and back.</summary>
internal static class CimText
{
    private static readonly (CimType Type, string Name, Type Of)[] Types =
    [
        (CimType.Boolean, "boolean", typeof(bool)),
        (CimType.UInt8, "uint8", typeof(byte)),
        (CimType.SInt8, "sint8", typeof(sbyte)),
        (CimType.UInt16, "uint16", typeof(ushort)),
        (CimType.SInt16, "sint16", typeof(short)),
        (CimType.UInt32, "uint32", typeof(uint)),
        (CimType.SInt32, "sint32", typeof(int)),
        (CimType.UInt64, "uint64", typeof(ulong)),
        (CimType.SInt64, "sint64", typeof(long)),
        (CimType.Real64, "real64", typeof(double)),
        (CimType.String, "string", typeof(string)),
        (CimType.DateTime, "datetime", typeof(DateTimeOffset)),
        (CimType.Reference, "reference", typeof(CimPath)),
    ];

    public static string NameOf(CimType type) => Types.First(one => one.Type == type).Name;

    public static CimType TypeNamed(string name) =>
        Types.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            is { Name: not null } found
            ? found.Type
            : throw new FormatException($"'{name}' is not a type of CIM.");

    /// <summary>The .NET type of one value.</summary>
    public static Type DotNetTypeOf(CimType type) => Types.First(one => one.Type == type).Of;

    /// <summary>True when the value, or each value of the array, is of the .NET type that goes with the CIM type.</summary>
    public static bool Fits(CimProperty property)
    {
        if (property.Value is null)
            return true;
        var of = DotNetTypeOf(property.Type);
        return property.IsArray
            ? property.Value.GetType() == of.MakeArrayType()
            : of.IsInstanceOfType(property.Value) || (property.Type == CimType.DateTime && property.Value is TimeSpan);
    }

    public static string Write(object value) =>
        value switch
        {
            bool flag => flag ? "TRUE" : "FALSE",
            DateTimeOffset moment => CimTime.Write(moment),
            TimeSpan interval => CimTime.Write(interval),
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    /// <exception cref="FormatException">The text is no value of that type.</exception>
    public static object Read(CimType type, string text)
    {
        try
        {
            return type switch
            {
                CimType.String => text,
                CimType.Boolean => bool.Parse(text),
                CimType.DateTime => CimTime.Read(text),
                CimType.Reference => CimPath.Parse(text),
                _ => Convert.ChangeType(text, DotNetTypeOf(type), CultureInfo.InvariantCulture),
            };
        }
        catch (OverflowException)
        {
            throw new FormatException($"'{text}' is too large for a {NameOf(type)}.");
        }
    }
}
