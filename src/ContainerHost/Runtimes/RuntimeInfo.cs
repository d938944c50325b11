using ContainerHost.Specification;

namespace ContainerHost.Runtimes;

/// <summary>What runs containers in a guest, as found there after installation.</summary>
public sealed record RuntimeInfo(
    RuntimeKind Kind,
    string Version,
    string ServiceUnit,
    IReadOnlyList<InstalledArtifact> Artifacts
);
