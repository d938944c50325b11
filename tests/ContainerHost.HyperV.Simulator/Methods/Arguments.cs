using ContainerHost.HyperV.Simulator.Schema;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Methods;

/// <summary>Reads the arguments of a call that was held to the schema already.</summary>
internal static class Arguments
{
    public static T Need<T>(this CimCall call, string name) =>
        call.Arguments.Single(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value is T value
            ? value
            : throw new SchemaViolationException($"{call.Method} is called with a null {name}.");

    public static CimObject Instance(this CimCall call, string name) => CimXml.Read(call.Need<string>(name));

    /// <summary>The embedded instances.</summary>
    public static IReadOnlyList<CimObject> Instances(this CimCall call, string name) =>
        [.. call.Need<string[]>(name).Select(CimXml.Read)];

    /// <summary>The only embedded instance, where the product has no more than one.</summary>
    public static CimObject OnlyInstance(this CimCall call, string name) => call.Instances(name).Single();
}
