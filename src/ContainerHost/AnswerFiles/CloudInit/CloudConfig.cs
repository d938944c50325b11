using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace ContainerHost.AnswerFiles.CloudInit;

/// <summary>Reads cloud-config as plain lists, maps and texts, to look into it; nothing is ever written from what is read.</summary>
internal static class CloudConfig
{
    // What PyYAML knows, which cloud-init reads with, and this one does not; here their texts are enough.
    private static readonly IDeserializer Yaml = new[] { "binary", "null", "python/unicode" }
        .Aggregate(
            new DeserializerBuilder(),
            (builder, tag) => builder.WithTagMapping($"tag:yaml.org,2002:{tag}", typeof(string))
        )
        .Build();

    /// <summary>The document's root; null with a problem where it cannot be read, and without one where it is empty.</summary>
    public static object? TryRead(string text, out string? problem)
    {
        problem = null;
        try
        {
            return Yaml.Deserialize<object?>(new MergingParser(new Parser(new StringReader(text))));
        }
        catch (Exception exception) when (exception is YamlException or ArgumentException or InvalidCastException)
        {
            problem = exception is YamlException { Start: var at }
                ? $"line {at.Line}, column {at.Column}: {exception.Message}"
                : exception.Message;
            return null;
        }
    }

    /// <summary>What a JSON patch adds or replaces at the root, as if it were a config (RFC 6902); empty where it is no patch.</summary>
    public static Dictionary<object, object?> OfPatch(string text)
    {
        var config = new Dictionary<object, object?>();
        if (TryRead(text, out _) is not List<object?> operations)
            return config;
        foreach (var operation in operations.OfType<Dictionary<object, object?>>())
        {
            if (
                operation.GetValueOrDefault("path") is not string path
                || operation.GetValueOrDefault("value") is not { } value
            )
                continue;
            var names = path.Split('/');
            if (names.Length > 1)
                config[names[1]] = names.Length == 2 ? value : new List<object?> { value };
        }
        return config;
    }
}
