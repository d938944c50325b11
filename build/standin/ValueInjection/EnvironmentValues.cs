using System.Collections;

namespace Nuke.Common.ValueInjection;

/// <summary>Parameters from environment variables NUKE_NAME; a plain NAME, MEMORY or TIMEOUT means something else to many shells and tools.</summary>
internal sealed class EnvironmentValues(IReadOnlyDictionary<string, string> variables)
{
    public static IReadOnlyDictionary<string, string> OfProcess() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");

    public IEnumerable<RawValue> All(ParameterMember parameter) =>
        variables
            .Where(variable => variable.Value.Length > 0 && KebabCase.Same(variable.Key, "NUKE" + parameter.Name))
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => new RawValue([variable.Value], $"environment variable {variable.Key}"));
}
