using ContainerHost.Specification.Parameters;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ContainerHost.Specification.Yaml;

/// <summary>A map of a file, read key by key; what is not as it should be is told with its place.</summary>
internal sealed class YamlMap
{
    private readonly YamlProblems _problems;
    private readonly List<(string Key, Mark At, YamlNode Value)> _entries;

    public YamlMap(YamlMappingNode map, YamlProblems problems, IReadOnlyCollection<string>? allowed)
    {
        _problems = problems;
        At = map.Start;
        _entries =
        [
            .. map.Children.Select(pair => ((pair.Key as YamlScalarNode)?.Value ?? "", pair.Key.Start, pair.Value)),
        ];
        foreach (var (key, at, _) in _entries.Where(entry => allowed?.Contains(entry.Key) == false))
            problems.Add(at, Unknown(key, allowed!));
    }

    public Mark At { get; }

    public IEnumerable<string> Keys => _entries.Select(entry => entry.Key);

    /// <summary>Where a key stands; the map itself where it is not there.</summary>
    public Mark PlaceOf(string key) =>
        _entries.FirstOrDefault(entry => entry.Key == key) is { Key: not null } found ? found.At : At;

    public bool Has(string key) => _entries.Any(entry => entry.Key == key);

    /// <summary>A text or number; null where it is not there, or none, which is told.</summary>
    public string? Text(string key)
    {
        if (!Has(key))
            return null;
        if (Node(key) is YamlScalarNode { Value: { Length: > 0 } text })
            return text;
        _problems.Add(Node(key).Start, $"'{key}' must be a text or number.");
        return null;
    }

    /// <summary>A whole number from 1; the default where it is not there.</summary>
    public int Count(string key, int most, int otherwise)
    {
        if (!Has(key))
            return otherwise;
        if (Text(key) is { } text && int.TryParse(text, out var count) && count >= 1 && count <= most)
            return count;
        _problems.Add(Node(key).Start, $"'{key}' must be a whole number from 1 to {most}.");
        return otherwise;
    }

    /// <summary>A list of texts, or one of them alone, each with its place.</summary>
    public IReadOnlyList<(string Text, Mark At)> List(string key)
    {
        if (!Has(key))
            return [];
        var nodes = Node(key) is YamlSequenceNode list ? list.Children : [Node(key)];
        var texts = nodes.OfType<YamlScalarNode>().Where(one => one.Value is { Length: > 0 }).ToList();
        if (texts.Count < nodes.Count)
            _problems.Add(Node(key).Start, $"'{key}' must be a text or a list of texts.");
        return [.. texts.Select(one => (one.Value!, one.Start))];
    }

    /// <summary>A map; null where it is not there, or none, which is told.</summary>
    public YamlMappingNode? Map(string key)
    {
        if (!Has(key))
            return null;
        if (Node(key) is YamlMappingNode map)
            return map;
        _problems.Add(Node(key).Start, $"'{key}' must be a map.");
        return null;
    }

    private static string Unknown(string key, IReadOnlyCollection<string> allowed) =>
        HostParameters.All.FirstOrDefault(row => row.IsSecret && row.Name == key) is { } secret
            ? $"'{key}' is a secret, which no file may hold; set it as {secret.Variable}."
            : $"'{key}' is not known here.{Nearest.Hint(key, allowed)}";

    private YamlNode Node(string key) => _entries.First(entry => entry.Key == key).Value;
}
