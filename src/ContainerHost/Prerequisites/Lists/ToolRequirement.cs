using ContainerHost.Prerequisites.Probes;
using ContainerHost.Processes;

namespace ContainerHost.Prerequisites.Lists;

/// <summary>A program that a Debian package brings.</summary>
internal sealed record ToolRequirement(string Id, string Title, string Program, string Option, string Package)
{
    /// <summary>The lowest version that will do; null when any does.</summary>
    public Version? Least { get; init; }

    /// <summary>Where else the program is looked for when the PATH does not lead to it.</summary>
    public IReadOnlyList<string> Elsewhere { get; init; } = [];

    public RequirementCheck With(IProcessRunner processes) =>
        new(
            new Requirement
            {
                Id = Id,
                Title = Title,
                How = $"'{Program} {Option}' is run.",
                Needed = Least is null ? "any version" : $"{Least} or newer",
                Fix = Least is null
                    ? $"install the package {Package}."
                    : $"install the package {Package}, version {Least} or newer.",
                AptPackages = [Package],
            },
            new ToolProbe(processes, [Program, .. Elsewhere], Option, Least)
        );
}
