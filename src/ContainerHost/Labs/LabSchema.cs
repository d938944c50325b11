using System.Text.Json;
using System.Text.Json.Nodes;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;

namespace ContainerHost.Labs;

/// <summary>The JSON schema of lab files, made of the rows of parameters; editors complete and check by it.</summary>
internal static class LabSchema
{
    private static readonly JsonSerializerOptions Readable = new(SpecificationJson.Options)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Text()
    {
        var host = Map([.. Own(), .. Parameters()]);
        var schema = Map([
            new("version", new JsonObject { ["description"] = "The version of the format.", ["const"] = 1 }),
            new("name", Scalar("The lab's name.")),
            new("defaults", Map(Parameters(), "Parameters for every host.")),
            new(
                "hosts",
                new JsonObject
                {
                    ["description"] = "Hosts and roles by their names.",
                    ["type"] = "object",
                    ["minProperties"] = 1,
                    ["additionalProperties"] = host,
                }
            ),
        ]);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema["required"] = new JsonArray("version", "name", "hosts");
        return schema.ToJsonString(Readable) + "\n";
    }

    private static IEnumerable<KeyValuePair<string, JsonNode>> Own() =>
        [
            new(
                "count",
                new JsonObject
                {
                    ["description"] = "How many hosts the role has: NAME-1, NAME-2 and so on.",
                    ["type"] = "integer",
                    ["minimum"] = 1,
                    ["maximum"] = 100,
                }
            ),
            new("from", Scalar("The template that they are cloned from.")),
            new("needs", Texts("Hosts and roles that must be done before.")),
            new(
                "provision",
                Texts("Scripts, or folders of them, that are run in the guest, once each, in this order.")
            ),
            new("check", Texts("Checks of your own, each as NAME=SCRIPT.")),
        ];

    private static IEnumerable<KeyValuePair<string, JsonNode>> Parameters() =>
        LabReader.Parameters.Select(name =>
        {
            var row = HostParameters.Find(name);
            var node = row.IsFlag
                ? new JsonObject { ["description"] = row.Help, ["type"] = "boolean" }
                : Scalar(row.Help);
            if (row is { Values: { } values, Allowed: "" })
                node["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]);
            return KeyValuePair.Create(name, (JsonNode)node);
        });

    private static JsonObject Scalar(string description) =>
        new() { ["description"] = description, ["type"] = new JsonArray("string", "number") };

    private static JsonObject Texts(string description) =>
        new()
        {
            ["description"] = description,
            ["type"] = new JsonArray("string", "array"),
            ["items"] = new JsonObject { ["type"] = "string" },
        };

    private static JsonObject Map(IEnumerable<KeyValuePair<string, JsonNode>> properties, string? description = null)
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
