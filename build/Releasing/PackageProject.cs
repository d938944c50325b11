using ContainerHost.Errors;

namespace Releasing;

/// <summary>A package of this project; those for a build engine can be packed only where a source has the engine.</summary>
internal sealed record PackageProject(string Name, string? Engine = null)
{
    public static IReadOnlyList<PackageProject> All { get; } =
    [new("ContainerHost"), new("ContainerHost.Nuke", "Nuke"), new("ContainerHost.Fallout", "Fallout")];

    public string? EnginePackage => Engine is null ? null : $"{Engine}.Common";

    public string Path => $"src/{Name}/{Name}.csproj";

    /// <summary>All but those that were named.</summary>
    /// <exception cref="InvalidInputException">One has no such name.</exception>
    public static IReadOnlyList<PackageProject> Without(string? names)
    {
        var left = (names ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var unknown = left.Where(name => All.All(project => project.Name != name)).ToList();
        return unknown.Count == 0
            ? [.. All.Where(project => !left.Contains(project.Name))]
            : throw new InvalidInputException([
                .. unknown.Select(name =>
                    $"--leave-out '{name}' is no package. Allowed: {string.Join(", ", All.Select(project => project.Name))}."
                ),
            ]);
    }
}
