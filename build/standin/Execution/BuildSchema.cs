using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>Generates <c>.nuke/build.schema.json</c>, by which editors complete the parameters files.</summary>
public static class BuildSchema
{
    private const string SecretNote = "Secrets must be set in the environment";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The JSON schema of a build's parameters and targets, as NUKE shapes it.</summary>
    public static string Generate(Type build)
    {
        ArgumentNullException.ThrowIfNull(build);
        var instance = Activator.CreateInstance(build, nonPublic: true);
        var parameters = ParameterMembers.Of(build).Distinct().Where(p => p.Name != nameof(NukeBuild.GenerateSchema));
        var definitions = new JsonObject
        {
            ["Host"] = Choice(Host.Names),
            ["ExecutableTarget"] = Choice(TargetDiscovery.Names(build).Order(StringComparer.Ordinal)),
        };
        var engine = new JsonObject();
        var own = new JsonObject();
        foreach (var parameter in parameters)
        {
            if (parameter.ElementType.IsEnum)
                definitions.TryAdd(parameter.ElementType.Name, Choice(Enum.GetNames(parameter.ElementType)));
            (parameter.IsEngine ? engine : own)[parameter.Name] = Property(parameter, instance);
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

    private static JsonObject Property(ParameterMember parameter, object? build)
    {
        var value = Value(parameter, build);
        if (parameter.IsCollection)
            value = new JsonObject { ["type"] = "array", ["items"] = value };
        else if (Nullable.GetUnderlyingType(parameter.Type) is not null && value["type"] is { } type)
            value["type"] = new JsonArray("null", type.DeepClone());
        if (parameter.Description is { } description)
            value["description"] = description;
        if (parameter.IsSecret)
            value["default"] = SecretNote;
        return value;
    }

    private static JsonObject Value(ParameterMember parameter, object? build)
    {
        var type = parameter.ElementType;
        if (type == typeof(ExecutableTarget) || type == typeof(Host) || type.IsEnum)
            return Reference(type.Name);
        if (parameter.Choices(build) is { } choices)
            return Choice(choices);
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => new JsonObject { ["type"] = "boolean" },
            TypeCode.Int32 => new JsonObject { ["type"] = "integer", ["format"] = "int32" },
            TypeCode.Int64 => new JsonObject { ["type"] = "integer", ["format"] = "int64" },
            >= TypeCode.SByte and <= TypeCode.UInt64 => new JsonObject { ["type"] = "integer" },
            >= TypeCode.Single and <= TypeCode.Decimal => new JsonObject { ["type"] = "number" },
            _ => new JsonObject { ["type"] = "string" },
        };
    }

    private static JsonObject Choice(IEnumerable<string> names) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]) };

    private static JsonObject Reference(string definition) => new() { ["$ref"] = $"#/definitions/{definition}" };
}
