namespace ContainerHost.Specification;

/// <summary>An archive of Docker Engine for Windows, as Docker publishes it: its version, address and SHA-256 (lower-case hex).</summary>
internal sealed record DockerArchive(string Version, Uri Url, string Sha256);
