using System.Linq.Expressions;
using System.Reflection;

namespace ContainerHost.Specification.Parameters;

/// <summary>Reads a text; false when it is none of what is allowed.</summary>
internal delegate bool TryRead<T>(string text, out T value);

/// <summary>Makes the rows of parameters that one part of a spec keeps: the host itself, its Windows, its place on Hyper-V.</summary>
/// <param name="audience">The hosts that have the part.</param>
/// <param name="part">The part of a spec; null where a host has none.</param>
/// <param name="copy">Another such part with the same values.</param>
/// <param name="with">The spec with another such part.</param>
internal sealed class Rows<TPart>(
    Audience audience,
    Func<HostSpec, TPart?> part,
    Func<TPart, TPart> copy,
    Func<HostSpec, TPart, HostSpec> with
)
    where TPart : class
{
    /// <summary>One whose text is read into a value of its own kind; its default is told in words.</summary>
    public Parameter Of<T>(
        string name,
        string words,
        Expression<Func<TPart, T>> value,
        Change change,
        string allowed,
        TryRead<T> read,
        string? otherwise = null
    ) =>
        Row(name, words, value, change, otherwise) with
        {
            Allowed = allowed,
            Read = (spec, text, problems) =>
            {
                if (read(text, out var typed))
                    return Put(spec, value, typed);
                problems.Add(Problem.Of(name, text, allowed));
                return spec;
            },
        };

    /// <summary>One whose text is read by what tells all that is wrong with it itself.</summary>
    public Parameter Told<T>(
        string name,
        string words,
        Expression<Func<TPart, T>> value,
        Change change,
        string allowed,
        Func<string, ICollection<string>, T> read
    ) =>
        Row(name, words, value, change, otherwise: null) with
        {
            Allowed = allowed,
            Read = (spec, text, problems) => Put(spec, value, read(text, problems)),
        };

    /// <summary>One that takes the names of an enumeration's values, the first by default.</summary>
    public Parameter Choice<T>(
        string name,
        string words,
        Expression<Func<TPart, T>> value,
        Change change,
        T otherwise = default
    )
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        return Row(name, words, value, change, $"{otherwise}") with
        {
            Values = names,
            Read = (spec, text, problems) =>
            {
                // Enum.TryParse alone would take numbers and comma lists.
                if (names.Contains(text, StringComparer.OrdinalIgnoreCase))
                    return Put(spec, value, Enum.Parse<T>(text, ignoreCase: true));
                problems.Add(Problem.OfChoice(name, text, names));
                return spec;
            },
        };
    }

    /// <summary>One whose text is kept, as it is or made absolute.</summary>
    public Parameter Text(
        string name,
        string words,
        Expression<Func<TPart, string?>> value,
        Change change,
        Func<string, string>? keep = null,
        string? otherwise = null
    ) =>
        Row(name, words, value, change, otherwise) with
        {
            Read = (spec, text, _) => Put(spec, value, keep is null ? text : keep(text)),
        };

    /// <summary>One that takes the path of a file of this machine, which must be there.</summary>
    public Parameter File(
        string name,
        string words,
        Expression<Func<TPart, string?>> value,
        Change change,
        string allowed,
        string? otherwise = null
    )
    {
        var row = Text(name, words, value, change, PathOrUrl.Absolute, otherwise);
        return row with
        {
            Allowed = allowed,
            IsPath = true,
            Check = spec =>
                row.Value(spec) is { } path && !System.IO.File.Exists(path)
                    ? [Problem.Of(name, path, $"{allowed}; there is no such file")]
                    : [],
        };
    }

    /// <summary>Two that go together: the path or URL of a file, and the SHA-256 that it must have.</summary>
    public IEnumerable<Parameter> Given(
        string name,
        string words,
        Expression<Func<TPart, string?>> value,
        Expression<Func<TPart, string?>> digest,
        string? otherwise = null,
        string allowed = "",
        Change digestChange = Change.MakeAnew
    )
    {
        var file = Text(name, words, value, Change.MakeAnew, PathOrUrl.Absolute, otherwise);
        var sha256 = Text(
            $"{name}-sha256",
            $"SHA-256 that the file of --{name} must have; required for a URL",
            digest,
            digestChange,
            PathOrUrl.Digest
        );
        return
        [
            file with
            {
                None = otherwise ?? "none",
                Allowed = allowed,
                IsAddress = true,
                IsPath = true,
                Check = spec => PathOrUrl.Check($"--{name}", file.Value(spec), sha256.Value(spec)),
            },
            sha256 with
            {
                Allowed = "64 hexadecimal digits",
            },
        ];
    }

    private Parameter Row<T>(
        string name,
        string words,
        Expression<Func<TPart, T>> value,
        Change change,
        string? otherwise
    )
    {
        var get = PropertyOf(value);
        return new Parameter
        {
            Name = name,
            Words = words,
            For = audience,
            Default = otherwise,
            Change = change,
            Value = spec => part(spec) is { } here ? get.GetValue(here)?.ToString() : null,
        };
    }

    // Specs are records: they are never changed, only copied with another value.
    private HostSpec Put<T>(HostSpec spec, Expression<Func<TPart, T>> property, T value)
    {
        var changed = copy(part(spec)!);
        PropertyOf(property).SetValue(changed, value);
        return with(spec, changed);
    }

    private static PropertyInfo PropertyOf<T>(Expression<Func<TPart, T>> value) =>
        (PropertyInfo)((MemberExpression)value.Body).Member;
}
