using System.Collections;

namespace ContainerHost.Targets.Ci;

/// <summary>A map of YAML in the order it is written; values are texts, numbers, booleans, lists and maps.</summary>
internal sealed class YamlMap : IEnumerable<YamlEntry>
{
    private readonly List<YamlEntry> _entries = [];

    public void Add(string key, object value) => _entries.Add(new YamlEntry(key, value));

    /// <summary>With a comment: on the line above, or behind the value.</summary>
    public void Add(string key, object value, string? above = null, string? behind = null) =>
        _entries.Add(new YamlEntry(key, value, above, behind));

    /// <summary>This map, with the entries of another after its own.</summary>
    public YamlMap With(YamlMap others)
    {
        _entries.AddRange(others);
        return this;
    }

    public IEnumerator<YamlEntry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
