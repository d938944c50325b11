using System.Text.RegularExpressions;
using ContainerHost.Processes;

namespace ContainerHost.Prerequisites.Probes;

/// <summary>Runs a program for its version, under the first of its names that is there.</summary>
internal sealed partial class ToolProbe(
    IProcessRunner processes,
    IReadOnlyList<string> programs,
    string option,
    Version? least = null
) : IProbe
{
    public async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        foreach (var program in programs)
        {
            if (await processes.TryRunAsync(new Command(program, option), cancellationToken) is { } result)
                return Judge(program, result);
        }
        return new Finding(false, $"{programs[0]} is not there");
    }

    private Finding Judge(string program, CommandResult result)
    {
        var said = $"{result.StandardOutput}\n{result.StandardError}";
        if (!result.Succeeded)
            return new Finding(false, $"'{program} {option}' ends with exit code {result.ExitCode}: {FirstLine(said)}");
        var version = Number().Match(said) is { Success: true } match ? Version.Parse(match.Value) : null;
        if (least is not null && (version is null || version < least))
            return new Finding(false, version is null ? $"no version in: {FirstLine(said)}" : $"{program} {version}");
        return new Finding(true, version is null ? program : $"{program} {version}");
    }

    private static string FirstLine(string said) => said.Trim().Split('\n')[0];

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?")]
    private static partial Regex Number();
}
