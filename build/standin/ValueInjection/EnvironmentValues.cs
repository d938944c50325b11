using System.Collections;

namespace Nuke.Common.ValueInjection;

/// <summary>Parameters from environment variables: NAME, or NUKE_NAME, which goes first.</summary>
internal sealed class EnvironmentValues(IReadOnlyDictionary<string, string> variables)
{
    public static IReadOnlyDictionary<string, string> OfProcess() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");

    public IEnumerable<RawValue> All(ParameterMember parameter)
    {
        var prefixed = Named("NUKE" + parameter.Name);
        // HOST, TARGET or VERBOSITY mean something else to many shells and tools.
        return parameter.IsEngine ? prefixed : prefixed.Concat(Named(parameter.Name));
    }

    private IEnumerable<RawValue> Named(string name) =>
        variables
            .Where(variable => variable.Value.Length > 0 && KebabCase.Same(variable.Key, name))
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => new RawValue([variable.Value], $"environment variable {variable.Key}"));
}
