using System.Text.Json.Nodes;

namespace Releasing;

/// <summary>What others build on: the library's public members, by the files that the compiler holds it to, and the targets and parameters of its builds.</summary>
internal static class PublicSurface
{
    private const string Removed = "*REMOVED*";

    public const string Shipped = "src/ContainerHost/PublicAPI.Shipped.txt";
    public const string Unshipped = "src/ContainerHost/PublicAPI.Unshipped.txt";
    public const string Schema = ".nuke/build.schema.json";

    /// <summary>The members of both files, without those that the second says are removed.</summary>
    public static IReadOnlySet<string> Members(string shipped, string unshipped)
    {
        var lines = Lines(shipped).Concat(Lines(unshipped)).ToList();
        var removed = lines.Where(line => line.StartsWith(Removed, StringComparison.Ordinal));
        return lines
            .Where(line => !line.StartsWith(Removed, StringComparison.Ordinal))
            .Except(removed.Select(line => line[Removed.Length..]))
            .ToHashSet();
    }

    public static IEnumerable<string> Lines(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'));

    /// <summary>The targets and parameters that a build's schema lists.</summary>
    public static IReadOnlySet<string> Words(string schema)
    {
        var words = new HashSet<string>();
        if (schema.Length > 0)
            Collect(JsonNode.Parse(schema), words);
        return words;
    }

    private static void Collect(JsonNode? node, HashSet<string> words)
    {
        foreach (var (name, value) in node as JsonObject ?? [])
        {
            if (name == "properties")
                words.UnionWith(value!.AsObject().Select(property => $"parameter {property.Key}"));
            if (name == "ExecutableTarget")
                words.UnionWith(value!["enum"]!.AsArray().Select(target => $"target {target}"));
            Collect(value, words);
        }
        foreach (var one in node as JsonArray ?? [])
            Collect(one, words);
    }
}
