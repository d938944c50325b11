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

    /// <summary>Stands for a document that only cloud-init itself can read: it knows tags and forms that this reader does not.</summary>
    public static readonly object Unknown = new();

    /// <summary>The document's root; null with a problem where nobody could read it, and without one where it is empty.</summary>
    public static object? TryRead(string text, out string? problem)
    {
        problem = Unprintable(text);
        if (problem is not null)
            return null;
        try
        {
            var root = Yaml.Deserialize<object?>(new MergingParser(new Parser(new StringReader(text))));
            // Python's maps take no list or map for a key.
            if (!HasComplexKey(root, new HashSet<object>(ReferenceEqualityComparer.Instance)))
                return root;
            problem = "a place where a list or a map is the key of another";
            return null;
        }
        catch (YamlException wrong)
            when (wrong is SyntaxErrorException or SemanticErrorException or AnchorNotFoundException
                || IsForeignTag(wrong)
            )
        {
            problem = $"line {wrong.Start.Line}, column {wrong.Start.Column}: {wrong.Message.TrimEnd('.')}";
            return null;
        }
        catch (Exception exception)
            when (exception is YamlException or ArgumentException or InvalidCastException or InvalidOperationException)
        {
            return Unknown;
        }
    }

    private static readonly string[] YamlsOwn = ["omap", "pairs", "set", "timestamp"];

    // Tags of Python's or of somebody's own, which PyYAML's safe loader refuses; of YAML's own it knows more than this reader.
    private static bool IsForeignTag(YamlException wrong) =>
        wrong.Message.Contains("unresolved tag", StringComparison.Ordinal)
        && !YamlsOwn.Any(tag => wrong.Message.Contains($"2002:{tag}'", StringComparison.Ordinal));

    // PyYAML takes no other signs (its reader.py, NON_PRINTABLE), and cloud-init then passes over the whole part.
    private static string? Unprintable(string text)
    {
        var line = 1;
        foreach (var c in text)
        {
            if (c == '\n')
                line++;
            if (
                c
                is (< ' ' and not ('\t' or '\n' or '\r'))
                    or '\x7f'
                    or (>= '\x80' and < '\xa0' and not '\x85')
                    or '\ufffd'
                    or >= '\ufffe'
            )
                return $"line {line}: the sign U+{(int)c:X4}, which no YAML may have (is it UTF-8?)";
        }
        return null;
    }

    // An alias may lead to what it stands in: each is looked at once.
    private static bool HasComplexKey(object? value, HashSet<object> seen) =>
        value is not (null or string)
        && seen.Add(value)
        && value switch
        {
            Dictionary<object, object?> map => map.Any(pair =>
                pair.Key is not string || HasComplexKey(pair.Value, seen)
            ),
            List<object?> list => list.Exists(item => HasComplexKey(item, seen)),
            _ => false,
        };

    /// <summary>What a JSON patch sets, as if it were a config (RFC 6902), to look for what locks us out; empty where it is no patch.</summary>
    public static Dictionary<object, object?> OfPatch(string text)
    {
        var config = new Dictionary<object, object?>();
        if (TryRead(text, out _) is not List<object?> operations)
            return config;
        foreach (var operation in operations.OfType<Dictionary<object, object?>>())
        {
            if (
                operation.GetValueOrDefault("op") is "test"
                || operation.GetValueOrDefault("path") is not string path
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
