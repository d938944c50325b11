using System.Text.Json;

namespace ContainerHost.Specification;

/// <summary>An object of a user's catalogue; each look into it tells in a sentence what is wrong there.</summary>
internal sealed class CatalogObject
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly string _place;
    private readonly ICollection<string> _problems;

    /// <summary>Reads an object that may have those properties and no others.</summary>
    public CatalogObject(string place, JsonElement json, IReadOnlyList<string> known, ICollection<string> problems)
    {
        (_place, _problems) = (place, problems);
        IsObject = json.ValueKind == JsonValueKind.Object;
        if (!IsObject)
        {
            problems.Add($"{place} must be an object, and is {Kind(json)}.");
            return;
        }
        foreach (var field in json.EnumerateObject())
        {
            if (!known.Contains(field.Name))
                problems.Add(
                    $"{place} has '{field.Name}', which is none of {string.Join(", ", known)}.{Nearest.Hint(field.Name, known)}"
                );
            else if (!_fields.TryAdd(field.Name, field.Value))
                problems.Add($"{place} has '{field.Name}' twice.");
        }
    }

    public bool IsObject { get; }

    /// <summary>A text; null where it is left out, or is none.</summary>
    public string? Text(string name) => Of(name, JsonValueKind.String, "a text")?.GetString();

    /// <summary>A whole number above zero; null where it is left out, or is none.</summary>
    public long? Size(string name)
    {
        if (Of(name, JsonValueKind.Number, "a number") is not { } number)
            return null;
        if (number.TryGetInt64(out var size) && size > 0)
            return size;
        _problems.Add($"'{name}' of {_place} must be a whole number above zero.");
        return null;
    }

    /// <summary>The items of a list, each with its place in words; none where it is left out.</summary>
    public IReadOnlyList<(string Place, JsonElement Json)> List(string name) =>
        Of(name, JsonValueKind.Array, "a list") is { } list
            ? [.. list.EnumerateArray().Select((item, index) => ($"{name}[{index}]", item))]
            : [];

    private JsonElement? Of(string name, JsonValueKind kind, string words)
    {
        if (!_fields.TryGetValue(name, out var value))
            return null;
        if (value.ValueKind == kind)
            return value;
        _problems.Add($"'{name}' of {_place} must be {words}, and is {Kind(value)}.");
        return null;
    }

    private static string Kind(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "null",
            _ => json.GetRawText(),
        };
}
