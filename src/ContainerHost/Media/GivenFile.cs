namespace ContainerHost.Media;

/// <summary>A file that the user gave by path or URL: where it lies, where it came from, and its SHA-256 (lower-case hex).</summary>
internal sealed record GivenFile(string Path, string Origin, string Sha256);
