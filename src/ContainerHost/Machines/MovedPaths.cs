using System.Text.Json.Nodes;

namespace ContainerHost.Machines;

/// <summary>Brings the paths of a machine's definition to where its folder lies now: those in it, and those of what lay beside it and was moved too.</summary>
internal static class MovedPaths
{
    public static void Follow(JsonObject definition, string was, string now)
    {
        if (was != now && Path.GetDirectoryName(was) is { } wasIn && Path.GetDirectoryName(now) is { } nowIn)
            Follow(definition, path => In(path, was, now) ?? Beside(path, wasIn, nowIn));
    }

    private static void Follow(JsonNode node, Func<string, string?> moved)
    {
        List<JsonNode> parts = node switch
        {
            JsonObject map => [.. map.Select(pair => pair.Value).OfType<JsonNode>()],
            JsonArray list => [.. list.OfType<JsonNode>()],
            _ => [],
        };
        foreach (var part in parts)
            if (part is not JsonValue value)
                Follow(part, moved);
            else if (value.TryGetValue<string>(out var text) && moved(text) is { } path)
                value.ReplaceWith(path);
    }

    // Such as the template of a clone; where the one host was copied alone, that is where it was.
    private static string? Beside(string path, string was, string now) =>
        In(path, was, now) is { } moved && Path.Exists(moved) && !Path.Exists(path) ? moved : null;

    private static string? In(string path, string was, string now) =>
        path.StartsWith(was + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? now + path[was.Length..] : null;
}
