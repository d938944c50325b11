using System.Text.RegularExpressions;
using ContainerHost.Processes;

namespace ContainerHost.Prerequisites.Lists;

/// <summary>A program, and the Debian package that brings it (null for none), asked for its version under the first of its names that is there.</summary>
internal sealed partial record ToolRequirement(string Id, string Title, string Program, string Option, string? Package)
{
    /// <summary>The lowest version that will do; null when any does.</summary>
    public Version? Least { get; init; }

    /// <summary>Where else the program is looked for when the PATH does not lead to it.</summary>
    public IReadOnlyList<string> Elsewhere { get; init; } = [];

    /// <summary>What an operator does; null to install the package.</summary>
    public string? Fix { get; init; }

    public RequirementCheck On(LocalMachine machine) =>
        new(
            new Requirement
            {
                Id = Id,
                Title = Title,
                How = $"'{Program} {Option}' is run.",
                Needed = Least is null ? "any version" : $"{Least} or newer",
                Fix = Fix ?? $"install the package {Package}{(Least is null ? "" : $", version {Least} or newer")}.",
                AptPackages = Package is null ? [] : [Package],
            },
            token => LookAsync(machine, token)
        );

    private async Task<Finding> LookAsync(LocalMachine machine, CancellationToken cancellationToken)
    {
        foreach (var program in Elsewhere.Prepend(Program))
        {
            if (await machine.TryRunAsync(new Command(program, Option), cancellationToken) is { } result)
                return Judge(program, result);
        }
        return new Finding(false, $"{Program} is not there");
    }

    private Finding Judge(string program, CommandResult result)
    {
        var said = $"{result.StandardOutput}\n{result.StandardError}";
        if (!result.Succeeded)
            return new Finding(false, $"'{program} {Option}' ends with exit code {result.ExitCode}: {FirstLine(said)}");
        var version = Number().Match(said) is { Success: true } match ? Version.Parse(match.Value) : null;
        if (Least is not null && (version is null || version < Least))
            return new Finding(false, version is null ? $"no version in: {FirstLine(said)}" : $"{program} {version}");
        return new Finding(true, version is null ? program : $"{program} {version}");
    }

    private static string FirstLine(string said) => said.Trim().Split('\n')[0];

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?")]
    private static partial Regex Number();
}
