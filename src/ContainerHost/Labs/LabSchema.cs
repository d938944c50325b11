using System.Text.Json.Nodes;
using ContainerHost.Specification.Yaml;

namespace ContainerHost.Labs;

/// <summary>The JSON schema of lab files, made of the rows of parameters; editors complete and check by it.</summary>
internal static class LabSchema
{
    public static string Text()
    {
        var host = HostSchema.Map([.. Own(), .. HostSchema.Parameters(LabReader.Parameters)]);
        var schema = HostSchema.Map([
            new("version", new JsonObject { ["description"] = "The version of the format.", ["const"] = 1 }),
            new("name", HostSchema.Scalar("The lab's name.")),
            new("defaults", HostSchema.Map(HostSchema.Parameters(LabReader.Parameters), "Parameters for every host.")),
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
        schema["required"] = new JsonArray("version", "name", "hosts");
        return HostSchema.Text(schema);
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
            new("from", HostSchema.Scalar("The template that they are cloned from.")),
            new("needs", HostSchema.Texts("Hosts and roles that must be done before.")),
            new(
                "provision",
                HostSchema.Texts("Scripts, or folders of them, that are run in the guest, once each, in this order.")
            ),
        ];
}
