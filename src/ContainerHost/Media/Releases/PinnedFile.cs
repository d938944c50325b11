namespace ContainerHost.Media.Releases;

/// <summary>A file to install, known to the last byte: component, version, origin, size in bytes and SHA-256 (lower-case hex).</summary>
internal sealed record PinnedFile(string Name, string Version, Uri Source, string Sha256, long? Size);
