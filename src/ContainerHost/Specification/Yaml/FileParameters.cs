using ContainerHost.Specification.Parameters;

namespace ContainerHost.Specification.Yaml;

/// <summary>The parameters of hosts as files have them: by their names, each with its place, and paths as the file sees them.</summary>
internal sealed class FileParameters(string folder, YamlProblems problems)
{
    /// <summary>Those that a file may have: secrets are nobody's to read in one.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [.. HostParameters.All.Where(row => !row.IsSecret).Select(row => row.Name)];

    /// <summary>What the maps say of the parameters of these names, the first that says anything of one.</summary>
    public HostRequest Read(IEnumerable<string> names, params IReadOnlyList<YamlMap> maps)
    {
        var request = new HostRequest();
        foreach (var name in names)
        {
            if (maps.FirstOrDefault(map => map.Has(name)) is not { } map)
                continue;
            var place = problems.Place(map.PlaceOf(name));
            request = request.With(name, Text(HostParameters.Find(name), map, place), ParameterOrigin.In(place));
        }
        return request;
    }

    private string? Text(Parameter row, YamlMap map, FilePlace place)
    {
        if (row.IsList)
            return map.List(row.Name) is { Count: > 0 } list
                ? string.Join(',', list.SelectMany(one => one.Text.Split(',')).Select(one => Seen(row, one.Trim())))
                : null;
        var text = map.Text(row.Name);
        if (row.IsFlag && text is not (null or "true" or "false"))
            problems.Add(place, $"'{row.Name}' must be true or false.");
        return row.IsFlag && text != "true" ? null
            : row.IsPath && text is not null && !PathOrUrl.IsUrl(text) ? Path.Combine(folder, text)
            : text;
    }

    // Each is a path, or NAME=PATH where the row itself is no path.
    private string Seen(Parameter row, string text)
    {
        var at = row.IsPath ? 0 : text.IndexOf('=') + 1;
        return text is "stdin" or "none" || (at == 0 && !row.IsPath)
            ? text
            : text[..at] + Path.Combine(folder, text[at..]);
    }
}
