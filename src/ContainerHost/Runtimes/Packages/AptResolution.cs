namespace ContainerHost.Runtimes.Packages;

/// <summary>What resolve-packages.py prints: the packages to install now, and all that were ever put in by us.</summary>
internal sealed record AptResolution(IReadOnlyList<AptPackage> ToInstall, IReadOnlyList<AptPackage> All);
