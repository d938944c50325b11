using System.Text.Json;
using ContainerHost.Errors;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>What a client of a container engine must know to use that of a host.</summary>
/// <param name="Variables">The variables of its environment.</param>
/// <param name="Note">What they lead to, in a sentence.</param>
public sealed record EngineAccess(IReadOnlyDictionary<string, string> Variables, string Note)
{
    /// <summary>The forms that <see cref="Render"/> knows; the first is the default, that of PowerShell on Windows.</summary>
    public static IReadOnlyList<string> Formats { get; } =
        OperatingSystem.IsWindows() ? ["powershell", "env", "json"] : ["env", "json", "powershell"];

    /// <summary>Checks the name of a form before anything is touched; null is the default.</summary>
    /// <exception cref="InvalidInputException">There is no such form.</exception>
    public static string RequireFormat(string? format) =>
        Formats.FirstOrDefault(known => (format ?? Formats[0]).Equals(known, StringComparison.OrdinalIgnoreCase))
        ?? throw new InvalidInputException([
            $"--format '{format}' is not known. Allowed: {string.Join(", ", Formats)}.",
        ]);

    /// <summary>The variables for <c>eval</c> in a POSIX shell (env), for <c>Invoke-Expression</c> in PowerShell, or as a JSON object.</summary>
    public string Render(string format) =>
        RequireFormat(format) switch
        {
            "env" => Lines(one => $"export {one.Key}={PosixShell.Quote(one.Value)}"),
            // What is in single quotes PowerShell takes as it is (about_Quoting_Rules).
            "powershell" => Lines(one =>
                $"$env:{one.Key} = '{one.Value.Replace("'", "''", StringComparison.Ordinal)}'"
            ),
            _ => JsonSerializer.Serialize(
                new SortedDictionary<string, string>(Variables.ToDictionary()),
                SpecificationJson.Options
            ) + "\n",
        };

    private string Lines(Func<KeyValuePair<string, string>, string> line) =>
        string.Concat(Variables.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => line(one) + "\n"));
}
