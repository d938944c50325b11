using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContainerHost.Specification;

/// <summary>Reads files of ours that tell their format as <c>schemaVersion</c>; what cannot be read is told in words of the file, not of .NET.</summary>
internal static class VersionedJson
{
    private static readonly JsonSerializerOptions Strict = new(SpecificationJson.Options)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads one, after <paramref name="upgrade"/> has brought what an earlier release wrote into today's form.</summary>
    /// <exception cref="VersionedJsonException">It is damaged, something else, or of a newer format.</exception>
    public static T Read<T>(string text, int newest, Action<JsonObject>? upgrade = null)
    {
        try
        {
            return Read<T>(Parse(text), newest, upgrade);
        }
        catch (Exception unfit) when (unfit is ArgumentException or InvalidOperationException)
        {
            // A name that is there twice, or text where an object should be.
            throw new VersionedJsonException("is damaged: what it has does not fit");
        }
    }

    private static T Read<T>(JsonNode? node, int newest, Action<JsonObject>? upgrade)
    {
        var file = node as JsonObject ?? throw new VersionedJsonException("holds no JSON object");
        // The format first: a newer one may lack what this one needs.
        if (file["schemaVersion"] is not JsonValue said || !said.TryGetValue<int>(out var format) || format < 1)
            throw new VersionedJsonException("is none of ours: it has no schemaVersion");
        if (format > newest)
            throw new VersionedJsonException($"has format {format}, newer than {newest}", isNewer: true);
        if (NullIn(file) is { } place)
            throw new VersionedJsonException($"is damaged: it has null in the list '{place}'");
        upgrade?.Invoke(file);
        try
        {
            return file.Deserialize<T>(Strict)!;
        }
        catch (JsonException damaged)
        {
            throw new VersionedJsonException($"is damaged: {Reason(damaged)}");
        }
    }

    private static JsonNode? Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new VersionedJsonException("is empty");
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException damaged)
        {
            throw new VersionedJsonException($"is no JSON, or cut off, in line {damaged.LineNumber + 1}");
        }
    }

    // The serializer knows which properties may be null, but nothing about the items of lists.
    private static string? NullIn(JsonNode node) =>
        node switch
        {
            JsonArray list when list.Contains(null) => list.GetPath()[2..],
            JsonArray list => list.Select(item => NullIn(item!)).FirstOrDefault(place => place is not null),
            JsonObject map => map.Where(pair => pair.Value is not null)
                .Select(pair => NullIn(pair.Value!))
                .FirstOrDefault(place => place is not null),
            _ => null,
        };

    // Of what is missing .NET names the properties, and of what does not fit the place.
    private static string Reason(JsonException damaged)
    {
        var missing = damaged.Message.Split("including: ") is [_, var names]
            ? names.Split(". Path")[0].TrimEnd('.')
            : null;
        var place = damaged.Path is { Length: > 2 } path ? $" at '{path[2..]}'" : "";
        return missing is null ? $"what it has{place} does not fit" : $"it lacks {missing}{place}";
    }
}
