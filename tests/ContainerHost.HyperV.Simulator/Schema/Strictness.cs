using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Schema;

/// <summary>Holds calls to the schema: whatever it does not name is a violation, explained.</summary>
internal sealed class Strictness(CimSchema schema)
{
    // What may be left out, by the reference's words ("if null", "optional"); all else must be given.
    private static readonly HashSet<string> Optional =
    [
        "TimeoutPeriod",
        "ReferenceConfiguration",
        "DefineSystem.ResourceSettings",
        "SnapshotSettings",
        // An [in, out] parameter, which openstack/os-win leaves out (take_vm_snapshot).
        "ResultingSnapshot",
    ];

    public void CheckQuery(WqlQuery query)
    {
        var known = schema.Class(query.ClassName);
        foreach (var (property, _) in query.Conditions)
            Property(known, property);
    }

    public void CheckPath(CimPath path)
    {
        var keys = schema.KeysOf(schema.Class(path.ClassName).Name);
        if (
            !keys.Order(StringComparer.OrdinalIgnoreCase)
                .SequenceEqual(path.Keys.Keys, StringComparer.OrdinalIgnoreCase)
        )
            throw new SchemaViolationException(
                $"{path} has other keys than {path.ClassName}: {string.Join(", ", keys)}."
            );
    }

    public void CheckAssociation(CimPath source, string association, string resultClass)
    {
        CheckPath(source);
        schema.Class(resultClass);
        var ends = schema.Class(association).Properties.Values.Where(one => one.Type == CimType.Reference).ToList();
        if (ends.Count != 2)
            throw new SchemaViolationException($"{association} is not an association.");
        if (
            !Fits(ends[0], source.ClassName, ends[1], resultClass)
            && !Fits(ends[1], source.ClassName, ends[0], resultClass)
        )
            throw new SchemaViolationException(
                $"{association} does not lead from {source.ClassName} to {resultClass}."
            );
    }

    public void CheckCall(CimCall call)
    {
        CheckPath(call.Target);
        var known = schema.Class(call.Target.ClassName);
        if (!known.Methods.TryGetValue(call.Method, out var parameters))
            throw new SchemaViolationException($"{known.Name} has no method '{call.Method}'.");
        var incoming = parameters
            .Where(one => one.IsIncoming)
            .ToDictionary(one => one.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var argument in call.Arguments)
        {
            if (!incoming.TryGetValue(argument.Name, out var parameter))
                throw new SchemaViolationException($"{call.Method} has no parameter '{argument.Name}' to give.");
            // "Optional and may be an empty string" (createsnapshot-msvm-virtualsystemsnapshotservice.md).
            if (argument is not { Name: "SnapshotSettings", Value: "" })
                CheckValue($"{call.Method}'s {argument.Name}", parameter, argument);
        }
        var missing = incoming
            .Keys.Except(call.Arguments.Select(one => one.Name), StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(name => !Optional.Contains(name) && !Optional.Contains($"{call.Method}.{name}"));
        if (missing is not null)
            throw new SchemaViolationException($"{call.Method} is called without its parameter '{missing}'.");
    }

    public void CheckInstance(CimObject instance)
    {
        var known = schema.Class(instance.ClassName);
        foreach (var property in instance.Properties.Values)
            CheckValue($"{known.Name}'s {property.Name}", Property(known, property.Name), property);
    }

    /// <summary>Reads an embedded instance and holds it to the class it must be of.</summary>
    public CimObject ReadEmbedded(string what, string expected, string text)
    {
        CimObject instance;
        try
        {
            instance = CimXml.Read(text);
        }
        catch (FormatException malformed)
        {
            throw new SchemaViolationException($"{what} is no embedded instance: {malformed.Message}");
        }
        if (!IsOf(instance.ClassName, expected))
            throw new SchemaViolationException($"{what} is a {instance.ClassName}, not a {expected}.");
        CheckInstance(instance);
        return instance;
    }

    private void CheckValue(string what, SchemaProperty declared, CimProperty given)
    {
        if (declared.Type != given.Type || declared.IsArray != given.IsArray)
            throw new SchemaViolationException(
                $"{what} is a {Describe(declared.Type, declared.IsArray)}, not a {Describe(given.Type, given.IsArray)}."
            );
        if (!CimText.Fits(given))
            throw new SchemaViolationException(
                $"{what} holds a {given.Value!.GetType().Name}, which is no {Describe(given.Type, given.IsArray)}."
            );
        foreach (var path in Values<CimPath>(given))
        {
            CheckPath(path);
            if (!IsOf(path.ClassName, declared.Target!))
                throw new SchemaViolationException($"{what} refers to a {path.ClassName}, not to a {declared.Target}.");
        }
        if (declared.Embedded is { } embedded)
        {
            foreach (var text in Values<string>(given))
                ReadEmbedded(what, embedded, text);
        }
    }

    // The reference says Msvm_ResourceAllocationSettingData of DefineSystem's parameter and Msvm_EthernetSwitchFeatureSettingData of a
    // port's features, and every host takes what these pages leave out: any resource's settings, and those of a port.
    private bool IsOf(string name, string expected) =>
        schema.Is(name, expected)
        || (
            expected == "Msvm_EthernetSwitchFeatureSettingData"
            && schema.Is(name, "Msvm_EthernetSwitchPortFeatureSettingData")
        )
        || (expected == "Msvm_ResourceAllocationSettingData" && schema.Is(name, "CIM_ResourceAllocationSettingData"));

    private bool Fits(SchemaProperty from, string source, SchemaProperty to, string result) =>
        Meets(source, from.Target!) && Meets(result, to.Target!);

    // An association declared between general classes leads to special ones too; pages name the end of some in general terms.
    private bool Meets(string name, string declared) =>
        declared is "CIM_ManagedElement" or "CIM_ManagedSystemElement"
        || schema.Is(name, declared)
        || schema.Is(declared, name);

    private static SchemaProperty Property(SchemaClass known, string name) =>
        known.Properties.TryGetValue(name, out var property)
            ? property
            : throw new SchemaViolationException($"{known.Name} has no property '{name}'.");

    private static T[] Values<T>(CimProperty given) =>
        given.Value switch
        {
            T one => [one],
            T[] many => many,
            _ => [],
        };

    private static string Describe(CimType type, bool isArray) => $"{CimText.NameOf(type)}{(isArray ? "[]" : "")}";
}
