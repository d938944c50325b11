using System.Text.Json;

namespace Nuke.Common.ValueInjection;

/// <summary>A file of parameters: <c>.nuke/parameters.json</c> or that of a profile.</summary>
internal sealed class ParametersFile
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    private readonly Dictionary<string, RawValue> _values = new(StringComparer.OrdinalIgnoreCase);

    public ParametersFile(string name, string json)
    {
        Name = name;
        using var document = Parse(json);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Name != "$schema" && property.Value.ValueKind != JsonValueKind.Null)
                _values[property.Name] = new RawValue(Texts(property), $"'{property.Name}' in {name}");
        }
    }

    public string Name { get; }

    public IEnumerable<string> Keys => _values.Keys;

    public RawValue? Find(string name) => _values.FirstOrDefault(pair => KebabCase.Same(pair.Key, name)).Value;

    private JsonDocument Parse(string json)
    {
        try
        {
            var document = JsonDocument.Parse(json, Lenient);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw new InputException($"{Name} must be a JSON object.");
        }
        catch (JsonException error)
        {
            throw new InputException($"{Name} is no valid JSON: {error.Message}");
        }
    }

    private List<string> Texts(JsonProperty property) =>
        property.Value.ValueKind == JsonValueKind.Array
            ? [.. property.Value.EnumerateArray().Select(item => Text(item, property.Name))]
            : [Text(property.Value, property.Name)];

    private string Text(JsonElement element, string key) =>
        element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
            _ => throw new InputException($"'{key}' in {Name} must be a text, a number, a boolean or a list of them."),
        };
}
