using System.Text.Json;
using ContainerHost.Files;
using Semver;

namespace ContainerHost.Specification;

/// <summary>
/// The archives of Docker Engine for Windows that come with the library. Docker publishes no digests; these are the ones that Microsoft's
/// package repository (winget-pkgs, Docker.DockerCLI) records for the same addresses.
/// </summary>
internal static class DockerArchives
{
    /// <summary>The newest first.</summary>
    public static IReadOnlyList<DockerArchive> All { get; } =
        JsonSerializer.Deserialize<IReadOnlyList<DockerArchive>>(
            EmbeddedText.Load("Specification.docker-windows.json"),
            SpecificationJson.Options
        )!;

    /// <summary>The newest that the wish allows; null when none does.</summary>
    public static DockerArchive? Find(VersionWish wish) =>
        All.FirstOrDefault(archive => wish.Allows(SemVersion.Parse(archive.Version)));
}
