using System.Text.Json.Nodes;

namespace ContainerHost.Runtimes;

/// <summary>What an image says about its process (OCI image specification, "Image Configuration"; Docker uses the same names).</summary>
internal sealed record ImageConfig(
    IReadOnlyList<string> Command,
    IReadOnlyList<string> Environment,
    string WorkingDirectory,
    string User
)
{
    /// <summary>Reads the "config" object of an image; a command given for the run takes the place of the image's own, after its entry point.</summary>
    public static ImageConfig Parse(JsonNode? config, IReadOnlyList<string> given)
    {
        var own = given.Count > 0 ? given : Words(config, "Cmd");
        return new ImageConfig(
            [.. EntryPointOf(config), .. own],
            Words(config, "Env"),
            config?["WorkingDir"]?.GetValue<string>() ?? "",
            config?[nameof(User)]?.GetValue<string>() ?? ""
        );
    }

    public static IReadOnlyList<string> EntryPointOf(JsonNode? config) => Words(config, "Entrypoint");

    private static IReadOnlyList<string> Words(JsonNode? config, string name) =>
        config?[name] is JsonArray words ? [.. words.Select(word => word!.GetValue<string>())] : [];
}
