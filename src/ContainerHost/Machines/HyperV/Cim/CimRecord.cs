using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Management.Infrastructure;

namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>
/// Calls to a host and its answers, a line of JSON each: <c>call</c> is the question as text; the answer is <c>instances</c> (class, path, properties as
/// name, type, array, value), <c>code</c> with <c>out</c>, or <c>error</c> with the library's own id. docs/first-light.md describes the form.
/// </summary>
internal sealed class CimRecord
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly StringBuilder _lines = new();

    public void Add(string call, IReadOnlyList<CimObject> instances) =>
        Add(call, ("instances", new JsonArray([.. instances.Select(Write)])));

    public void Add(string call, CimMethodResult result) =>
        Add(call, ("code", result.Code), ("out", Write(result.Out)));

    public void Add(string call, CimCallException failure)
    {
        var own = failure.InnerException as CimException;
        Add(
            call,
            (
                "error",
                new JsonObject
                {
                    ["failure"] = $"{failure.Failure}",
                    ["code"] = failure.Code,
                    ["saw"] = failure.Saw,
                    ["messageId"] = own?.MessageId,
                    ["status"] = own?.StatusCode,
                    ["native"] = own is null ? null : $"{own.NativeErrorCode}",
                }
            )
        );
    }

    public override string ToString() => _lines.ToString();

    public static JsonObject Write(CimObject instance) =>
        new()
        {
            ["class"] = instance.ClassName,
            ["path"] = instance.Path?.ToString(),
            ["properties"] = new JsonArray([.. instance.Properties.Values.Select(Write)]),
        };

    public static CimObject Read(JsonNode node)
    {
        var path = node["path"]?.GetValue<string>();
        return new CimObject(node["class"]!.GetValue<string>(), path is null ? null : CimPath.Parse(path)).With([
            .. node["properties"]!.AsArray().Select(one => ReadProperty(one!.AsArray())),
        ]);
    }

    private void Add(string call, params (string Name, JsonNode? Value)[] answer)
    {
        var line = new JsonObject { ["call"] = call };
        foreach (var (name, value) in answer)
            line[name] = value;
        lock (_lines)
            _lines.Append(line.ToJsonString(Plain)).Append('\n');
    }

    private static JsonNode Write(CimProperty property) =>
        new JsonArray(
            property.Name,
            CimText.NameOf(property.Type),
            property.IsArray,
            property.Value is Array many
                    ? new JsonArray([.. many.Cast<object>().Select(one => (JsonNode)CimText.Write(one))])
                : property.Value is { } value ? CimText.Write(value)
                : null
        );

    private static CimProperty ReadProperty(JsonArray cells)
    {
        var type = CimText.TypeNamed(cells[1]!.GetValue<string>());
        object One(JsonNode? text) => CimText.Read(type, text!.GetValue<string>());
        object? value = cells[3] switch
        {
            null => null,
            JsonArray many => ToArray(CimText.DotNetTypeOf(type), [.. many.Select(One)]),
            var one => One(one),
        };
        return new CimProperty(cells[0]!.GetValue<string>(), type, cells[2]!.GetValue<bool>(), value);
    }

    private static Array ToArray(Type of, IReadOnlyList<object> values)
    {
        var array = Array.CreateInstance(of, values.Count);
        for (var index = 0; index < values.Count; index++)
            array.SetValue(values[index], index);
        return array;
    }
}
