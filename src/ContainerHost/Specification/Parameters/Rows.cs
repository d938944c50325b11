namespace ContainerHost.Specification.Parameters;

/// <summary>Reads a text; false when it is none of what is allowed.</summary>
internal delegate bool TryRead<T>(string text, out T value);

/// <summary>Makes the rows of parameters that one part of a spec keeps: the host itself, its Windows, its place on Hyper-V.</summary>
/// <param name="audience">The hosts that have the part.</param>
/// <param name="part">The part of a spec; null where a host has none.</param>
/// <param name="with">The spec with another such part.</param>
/// <param name="defaults">The part as it is when nothing was typed.</param>
internal sealed class Rows<TPart>(
    Audience audience,
    Func<HostSpec, TPart?> part,
    Func<HostSpec, TPart, HostSpec> with,
    TPart defaults
)
    where TPart : class
{
    /// <summary>One whose text is read into a value of its own kind.</summary>
    public Parameter Of<T>(
        string name,
        string words,
        string allowed,
        TryRead<T> read,
        Func<TPart, T> get,
        Func<TPart, T, TPart> set,
        Change change
    ) =>
        Row(name, words, change, get) with
        {
            Allowed = allowed,
            Read = (spec, text, problems) =>
            {
                if (read(text, out var value))
                    return with(spec, set(part(spec)!, value));
                problems.Add(Problem.Of(name, text, allowed));
                return spec;
            },
        };

    /// <summary>One that takes the names of an enumeration's values.</summary>
    public Parameter Choice<T>(
        string name,
        string words,
        Func<TPart, T> get,
        Func<TPart, T, TPart> set,
        Change change
    )
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        return Row(name, words, change, get) with
        {
            Default = $"{get(defaults)}",
            Values = names,
            Read = (spec, text, problems) =>
            {
                // Enum.TryParse alone would take numbers and comma lists.
                if (names.Contains(text, StringComparer.OrdinalIgnoreCase))
                    return with(spec, set(part(spec)!, Enum.Parse<T>(text, ignoreCase: true)));
                problems.Add(Problem.OfChoice(name, text, names));
                return spec;
            },
        };
    }

    /// <summary>One whose text is kept as it is.</summary>
    public Parameter Text(
        string name,
        string words,
        Func<TPart, string?> get,
        Func<TPart, string, TPart> set,
        Change change
    ) => Row(name, words, change, get) with { Read = (spec, text, _) => with(spec, set(part(spec)!, text)) };

    /// <summary>One that takes the path of a file of this machine, which must be there.</summary>
    public Parameter File(
        string name,
        string words,
        string allowed,
        Func<TPart, string?> get,
        Func<TPart, string, TPart> set,
        Change change
    ) =>
        Row(name, words, change, get) with
        {
            Allowed = allowed,
            Read = (spec, text, _) => with(spec, set(part(spec)!, PathOrUrl.Absolute(text))),
            Check = (spec, problems) =>
            {
                if (part(spec) is { } here && get(here) is { } path && !System.IO.File.Exists(path))
                    problems.Add(Problem.Of(name, path, $"{allowed}; there is no such file"));
            },
        };

    /// <summary>Two that go together: the path or URL of a file, and the SHA-256 that it must have.</summary>
    public IEnumerable<Parameter> Given(
        string name,
        string words,
        string file,
        Func<TPart, string?> get,
        Func<TPart, string, TPart> set,
        Func<TPart, string?> getDigest,
        Func<TPart, string, TPart> setDigest,
        Change change,
        string? otherwise = null,
        Change? digestChange = null
    ) =>
        [
            Text(name, words, get, (one, text) => set(one, PathOrUrl.Absolute(text)), change) with
            {
                Default = otherwise,
                None = otherwise ?? "none",
                Allowed = "a path, or a URL with its digest",
                IsAddress = true,
                Check = (spec, problems) =>
                {
                    if (part(spec) is { } here)
                        PathOrUrl.Check($"--{name}", get(here), getDigest(here), problems);
                },
            },
            Text(
                $"{name}-sha256",
                $"SHA-256 that {file} must have; required for a URL",
                getDigest,
                (one, text) => setDigest(one, text.ToLowerInvariant()),
                digestChange ?? change
            ) with
            {
                Allowed = "64 hexadecimal digits",
            },
        ];

    private Parameter Row<T>(string name, string words, Change change, Func<TPart, T> get) =>
        new()
        {
            Name = name,
            Words = words,
            For = audience,
            Change = change,
            Value = spec => part(spec) is { } here ? get(here)?.ToString() : null,
        };
}
