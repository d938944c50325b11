namespace ContainerHost.Hosts.Copying;

/// <summary>A file of what is copied: its path below the folder, with slashes, its bytes, Unix mode and SHA-256 (lower-case hex).</summary>
internal sealed record CopiedFile(string Path, long Size, int Mode, string Sha256);
