using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>Generates <c>.nuke/build.schema.json</c>, by which editors complete the parameters files.</summary>
internal static class BuildSchema
{
    private const string SecretNote = "Secrets must be set in the environment";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The JSON schema of a build's parameters and targets, as NUKE shapes it.</summary>
    public static string Generate(
        NukeBuild build,
        IEnumerable<ExecutableTarget> targets,
        IEnumerable<ParameterMember> parameters
    )
    {
        var definitions = new JsonObject
        {
            [nameof(Host)] = Choice(Host.Names),
            [nameof(ExecutableTarget)] = Choice(targets.Select(target => target.Name).Order(StringComparer.Ordinal)),
        };
        var engine = new JsonObject();
        var own = new JsonObject();
        foreach (var parameter in parameters.Where(parameter => parameter.Listed))
        {
            if (parameter.ElementType.IsEnum)
                definitions.TryAdd(parameter.ElementType.Name, Choice(Enum.GetNames(parameter.ElementType)));
            (parameter.IsEngine ? engine : own)[parameter.Name] = Property(parameter, build);
        }
        definitions[nameof(NukeBuild)] = new JsonObject { ["properties"] = engine };
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-04/schema#",
            ["definitions"] = definitions,
            ["allOf"] = new JsonArray(new JsonObject { ["properties"] = own }, Reference(nameof(NukeBuild))),
        };
        return schema.ToJsonString(Readable) + "\n";
    }

    private static JsonObject Property(ParameterMember parameter, NukeBuild build)
    {
        var value = Value(parameter, build);
        if (parameter.IsCollection)
            value = new JsonObject { ["type"] = "array", ["items"] = value };
        else if (parameter.Type == typeof(bool?))
            value["type"] = new JsonArray("null", "boolean");
        if (parameter.Description is { } description)
            value["description"] = description;
        if (parameter.IsSecret)
            value["default"] = SecretNote;
        return value;
    }

    private static JsonObject Value(ParameterMember parameter, NukeBuild build)
    {
        var type = parameter.ElementType;
        if (type == typeof(ExecutableTarget) || type == typeof(Host) || type.IsEnum)
            return Reference(type.Name);
        return parameter.Choices(build) is { } choices
            ? Choice(choices)
            : new JsonObject { ["type"] = parameter.IsSwitch ? "boolean" : "string" };
    }

    private static JsonObject Choice(IEnumerable<string> names) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]) };

    private static JsonObject Reference(string definition) => new() { ["$ref"] = $"#/definitions/{definition}" };
}
