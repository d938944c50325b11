using System.Text.Json.Nodes;

namespace ContainerHost.Proving.Archives;

/// <summary>Parts of a document that somebody else wrote; what is not as it must be is told with its place.</summary>
internal sealed record Part(JsonNode? Node, string Place)
{
    /// <summary>A property; one that is not there is null.</summary>
    public Part this[string name] => new((Node as JsonObject)?[name], $"{Place}.{name}");

    public string? OptionalText => Node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public string Text => OptionalText ?? throw new BadArchiveException($"its {Place} is no text");

    public long Number =>
        Node is JsonValue value && value.TryGetValue<long>(out var number) && number >= 0
            ? number
            : throw new BadArchiveException($"its {Place} is no size");

    /// <summary>The items of a list; none where it is not there.</summary>
    public IReadOnlyList<Part> Items =>
        Node switch
        {
            null => [],
            JsonArray list => [.. list.Select((item, at) => new Part(item, $"{Place}[{at}]"))],
            _ => throw new BadArchiveException($"its {Place} is no list"),
        };
}
