using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerHost.Specification.Parameters;

namespace ContainerHost.Specification.Yaml;

/// <summary>The JSON schema of a host's file, made of the rows of parameters; editors complete and check by it. That of lab files is made of its parts.</summary>
internal static class HostSchema
{
    private static readonly JsonSerializerOptions Readable = new(SpecificationJson.Options)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Text() => Text(Map(Parameters(FileParameters.Names)));

    /// <summary>A whole schema by its root.</summary>
    public static string Text(JsonObject root)
    {
        root.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return root.ToJsonString(Readable) + "\n";
    }

    public static IEnumerable<KeyValuePair<string, JsonNode>> Parameters(IEnumerable<string> names) =>
        names.Select(name =>
        {
            var row = HostParameters.Find(name);
            var node =
                row.IsFlag ? new JsonObject { ["description"] = row.Help, ["type"] = "boolean" }
                : row.IsList ? Texts(row.Help)
                : Scalar(row.Help);
            if (row is { Values: { } values, Allowed: "" })
                node["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]);
            return KeyValuePair.Create(name, (JsonNode)node);
        });

    public static JsonObject Scalar(string description) =>
        new() { ["description"] = description, ["type"] = new JsonArray("string", "number") };

    public static JsonObject Texts(string description) =>
        new()
        {
            ["description"] = description,
            ["type"] = new JsonArray("string", "array"),
            ["items"] = new JsonObject { ["type"] = "string" },
        };

    public static JsonObject Map(IEnumerable<KeyValuePair<string, JsonNode>> properties, string? description = null)
    {
        var map = new JsonObject();
        if (description is not null)
            map["description"] = description;
        map["type"] = "object";
        map["additionalProperties"] = false;
        map["properties"] = new JsonObject(
            properties.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))
        );
        return map;
    }
}
