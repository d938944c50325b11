using System.Text.Json.Nodes;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Schema;

/// <summary>The part of Microsoft's reference of root\virtualization\v2 that the product touches, as data.</summary>
internal sealed class CimSchema
{
    private static readonly StringComparer AnyCase = StringComparer.OrdinalIgnoreCase;
    private readonly Dictionary<string, SchemaClass> _classes = new(AnyCase);

    private CimSchema(JsonObject root)
    {
        foreach (var (name, _) in root)
            Read(root, name);
    }

    public static CimSchema Instance { get; } = new(Load());

    public IEnumerable<SchemaClass> Classes => _classes.Values;

    public SchemaClass Class(string name) =>
        _classes.TryGetValue(name, out var found)
            ? found
            : throw new SchemaViolationException($"There is no class '{name}'.");

    /// <summary>True when the class is the other one or inherits from it.</summary>
    public bool Is(string name, string ancestor)
    {
        for (var at = name; at is not null; at = _classes.GetValueOrDefault(at)?.Superclass)
        {
            if (at.Equals(ancestor, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    /// <summary>The keys of a class, which the reference's pages leave out (DMTF CIM, and shared/hyperv/README.md of this project's makers).</summary>
    public IReadOnlyList<string> KeysOf(string name) =>
        Is(name, "CIM_Service") ? ["SystemCreationClassName", "SystemName", "CreationClassName", "Name"]
        : Is(name, "CIM_ComputerSystem") ? ["CreationClassName", "Name"]
        : Is(name, "CIM_LogicalDevice") ? ["SystemCreationClassName", "SystemName", "CreationClassName", "DeviceID"]
        : ["InstanceID"];

    private SchemaClass Read(JsonObject root, string name)
    {
        if (_classes.TryGetValue(name, out var known))
            return known;
        var node = root[name]!;
        var super = node["superclass"]?.GetValue<string>();
        var inherited = super is not null && root.ContainsKey(super) ? Read(root, super) : null;
        var properties = new Dictionary<string, SchemaProperty>(inherited?.Properties ?? [], AnyCase);
        foreach (var property in PropertiesIn(node["properties"]!))
            properties[property.Name] = property;
        var methods = new Dictionary<string, List<SchemaProperty>>(inherited?.Methods ?? [], AnyCase);
        foreach (var (method, described) in node["methods"]?.AsObject() ?? [])
            methods[method] = [.. PropertiesIn(described!["parameters"]!)];
        // The pages of most setting data do not repeat what all of CIM's managed elements have.
        foreach (var common in new[] { "InstanceID", "Caption", "Description", "ElementName" })
            properties.TryAdd(common, new SchemaProperty(common, CimType.String, IsArray: false, Target: null));
        return _classes[name] = new SchemaClass(name, super, properties, methods)
        {
            IsAssociation = node["association"]?.GetValue<bool>() == true,
        };
    }

    private static IEnumerable<SchemaProperty> PropertiesIn(JsonNode list) =>
        list.AsArray().Select(one => SchemaProperty.From(one!)).OfType<SchemaProperty>();

    private static JsonObject Load()
    {
        using var stream = typeof(CimSchema).Assembly.GetManifestResourceStream("schema.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
