using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Guests;

namespace ContainerHost.Runtimes.Containerd;

/// <summary>Reads images in containerd's content store (OCI image specification: index, manifest, configuration).</summary>
internal sealed class ContainerdImages(IGuestShell shell)
{
    /// <summary>The "config" object of an image.</summary>
    public async Task<JsonNode?> ReadConfigAsync(string image, CancellationToken cancellationToken) =>
        (await FindAsync(image, cancellationToken)).Config?["config"];

    /// <summary>What an image is.</summary>
    public async Task<PulledImage> DescribeAsync(string image, CancellationToken cancellationToken)
    {
        var (digest, manifest, id, config) = await FindAsync(image, cancellationToken);
        var layers = manifest?["layers"] as JsonArray ?? [];
        return new PulledImage(
            digest,
            id,
            config?["os"]?.GetValue<string>() ?? "",
            config?["architecture"]?.GetValue<string>() ?? "",
            layers.Sum(layer => layer!["size"]!.GetValue<long>()),
            [.. layers.Select(layer => (layer!["digest"]!.GetValue<string>(), (long?)layer["size"]!.GetValue<long>()))],
            ImageConfig.Parse(config?["config"], []).Command,
            ImageConfig.EntryPointOf(config?["config"])
        );
    }

    private async Task<(string Digest, JsonNode? Manifest, string Id, JsonNode? Config)> FindAsync(
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
                "build it first; './build.sh Shell --command \"ctr -n containerhost images list\"' shows those that are there."
            );
        var manifest = await ReadAsync(digest, cancellationToken);
        if (manifest?["manifests"] is JsonArray { Count: > 0 } platforms)
        {
            var mine = platforms.FirstOrDefault(entry => entry?["platform"]?["architecture"]?.ToString() == "amd64");
            manifest = await ReadAsync((mine ?? platforms[0])!["digest"]!.GetValue<string>(), cancellationToken);
        }
        var config = manifest?["config"]?["digest"]?.GetValue<string>() ?? digest;
        return (digest, manifest, config, await ReadAsync(config, cancellationToken));
    }

    private async Task<JsonNode> ReadAsync(string digest, CancellationToken cancellationToken) =>
        GuestScript.Read(await RunAsync(cancellationToken, "content", "get", digest), node => node);

    private Task<string> RunAsync(CancellationToken cancellationToken, params IReadOnlyList<string> words) =>
        shell.RunCheckedAsync(ContainerdCommands.Ctr(words), "read an image", cancellationToken);
}
