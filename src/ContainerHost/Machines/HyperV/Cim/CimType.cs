namespace ContainerHost.Machines.HyperV.Cim;

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
