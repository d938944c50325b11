using System.Text.Json.Nodes;
using ContainerHost.Guests;

namespace ContainerHost.Runtimes;

/// <summary>What a runtime tells of an image that it pulled; digests as <c>sha256:...</c>, the size of its layers in bytes as that runtime counts it.</summary>
internal sealed record PulledImage(
    string? Digest,
    string ImageId,
    string Os,
    string Architecture,
    long Size,
    IReadOnlyList<(string Digest, long? Size)> Layers,
    IReadOnlyList<string> Command,
    IReadOnlyList<string> EntryPoint
)
{
    /// <summary>Reads what "image inspect" prints, as docker and nerdctl do.</summary>
    public static PulledImage ReadInspected(string json) => GuestScript.Read(json, ReadInspected);

    private static PulledImage ReadInspected(JsonNode? image)
    {
        var config = ImageConfig.Parse(image?["Config"], []);
        return new PulledImage(
            ((image?["RepoDigests"] as JsonArray)?.FirstOrDefault()?.GetValue<string>())?.Split('@')[^1],
            Text(Of("Id")),
            Text(Of("Os")),
            Text(Of("Architecture")),
            Of("Size")?.GetValue<long>() ?? 0,
            Of("RootFS", "Layers") is JsonArray layers ? [.. layers.Select(layer => (Text(layer), (long?)null))] : [],
            config.Command,
            ImageConfig.EntryPointOf(image?["Config"])
        );
        JsonNode? Of(params string[] path) => path.Aggregate(image, (node, name) => node?[name]);
        static string Text(JsonNode? node) => node?.GetValue<string>() ?? "";
    }
}
