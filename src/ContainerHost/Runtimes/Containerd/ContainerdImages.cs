using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Guests;

namespace ContainerHost.Runtimes.Containerd;

/// <summary>Reads images in containerd's content store (OCI image specification: index, manifest, configuration).</summary>
internal sealed class ContainerdImages(IGuestShell shell)
{
    /// <summary>The "config" object of an image.</summary>
    public async Task<JsonNode?> ReadConfigAsync(string image, CancellationToken cancellationToken) =>
        GuestScript
            .Read((await FindAsync(image, cancellationToken)).Config, config => Tuple.Create(config!["config"]))
            .Item1;

    /// <summary>What an image is.</summary>
    public async Task<PulledImage> DescribeAsync(string image, CancellationToken cancellationToken)
    {
        var (digest, manifest, id, config) = await FindAsync(image, cancellationToken);
        var layers = GuestScript.Read(manifest, LayersOf);
        return GuestScript.Read(
            config,
            told => new PulledImage(
                digest,
                id,
                told!["os"]?.GetValue<string>() ?? "",
                told["architecture"]?.GetValue<string>() ?? "",
                layers.Sum(layer => layer.Size ?? 0),
                layers,
                ImageConfig.Parse(told["config"], []).Command,
                ImageConfig.EntryPointOf(told["config"])
            )
        );
    }

    private static List<(string Digest, long? Size)> LayersOf(JsonNode? manifest) =>
        [
            .. (manifest!["layers"] as JsonArray ?? []).Select(layer =>
                (layer!["digest"]!.GetValue<string>(), (long?)layer["size"]!.GetValue<long>())
            ),
        ];

    private async Task<(string Digest, string Manifest, string Id, string Config)> FindAsync(
        string image,
        CancellationToken cancellationToken
    )
    {
        var list = await RunAsync(cancellationToken, "images", "list", $"name=={image}");
        var digest =
            list.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
                .FirstOrDefault(word => word.StartsWith("sha256:", StringComparison.Ordinal))
            ?? throw new ContainerHostException(
                $"read the image '{image}'",
                "containerd has no such image",
                "build it first; 'ctr -n containerhost images list' in the guest (the target Shell) shows those that are there."
            );
        var manifest = await ReadAsync(digest, cancellationToken);
        if (GuestScript.Read(manifest, PlatformOf) is { Length: > 0 } platform)
            manifest = await ReadAsync(platform, cancellationToken);
        var config = GuestScript.Read(manifest, told => told!["config"]?["digest"]?.GetValue<string>() ?? digest);
        return (digest, manifest, config, await ReadAsync(config, cancellationToken));
    }

    // The manifest that an index has for the guest; empty for what is no index.
    private static string PlatformOf(JsonNode? index) =>
        index!["manifests"] is JsonArray { Count: > 0 } platforms
            ? (platforms.FirstOrDefault(entry => $"{entry?["platform"]?["architecture"]}" == "amd64") ?? platforms[0])![
                "digest"
            ]!.GetValue<string>()
            : "";

    private Task<string> ReadAsync(string digest, CancellationToken cancellationToken) =>
        RunAsync(cancellationToken, "content", "get", digest);

    private Task<string> RunAsync(CancellationToken cancellationToken, params IReadOnlyList<string> words) =>
        shell.RunCheckedAsync(ContainerdCommands.Ctr(words), "read an image", cancellationToken);
}
