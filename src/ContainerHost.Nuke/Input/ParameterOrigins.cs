using System.Collections;

namespace ContainerHost.Targets.Input;

/// <summary>Where the engine takes parameters from, looked up again, since no engine tells: the command line, else the environment, else files.</summary>
internal sealed class ParameterOrigins(Arguments arguments, IReadOnlyList<GivenParameter> files)
{
    /// <summary>The origin of a value in words; null for a parameter that nobody gave.</summary>
    public string? Of(BuildParameter parameter, string? value)
    {
        if (arguments.Parameters.Any(given => parameter.Is(given.Name)))
            return "command line";
        if (Variable(parameter, value) is { } variable)
            return $"environment variable {variable}";
        var given = files.Where(one => parameter.Is(one.Name)).ToList();
        // Of several files the engine says which goes first.
        return (given.Find(one => one.Values is [var text] && text == value) ?? given.FirstOrDefault())?.Source;
    }

    private static string? Variable(BuildParameter parameter, string? value)
    {
        var given = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(one => (Name: (string)one.Key, Value: (string?)one.Value))
            .Where(one =>
                !string.IsNullOrEmpty(one.Value)
                && (parameter.IsVariable(one.Name, "NUKE") || one.Name == parameter.Name)
            )
            .OrderBy(one => one.Name, StringComparer.Ordinal)
            .ToList();
        return given.Find(one => one.Value == value).Name ?? given.FirstOrDefault().Name;
    }
}
