using System.Collections;

namespace ContainerHost.Targets.Input;

/// <summary>
/// Variables such as NAME (which WSL sets), MEMORY or TARGET: NUKE takes them for parameters beside NUKE_NAME, and neither where both are there.
/// To us they mean something else, so they are taken out of this process before NUKE looks. A variable spelt as the member (<c>Password</c>) is meant:
/// so NUKE's own CI files hand over secrets.
/// </summary>
internal static class PlainVariables
{
    // What CI servers hand out, and we take by this name.
    private const string Wanted = "GITHUB_TOKEN";

    public static void Forget(IEnumerable<BuildParameter> parameters)
    {
        var variables = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(one => (string)one.Key)
            .ToList();
        foreach (var parameter in parameters.Where(parameter => parameter.IsOurs || parameter.IsEngines))
        {
            var isPrefixed = variables.Exists(name => parameter.IsVariable(name, "NUKE"));
            foreach (
                var name in variables.Where(name =>
                    parameter.IsVariable(name) && name != parameter.Name && (isPrefixed || name != Wanted)
                )
            )
                Environment.SetEnvironmentVariable(name, null);
        }
    }
}
