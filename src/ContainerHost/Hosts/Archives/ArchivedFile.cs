namespace ContainerHost.Hosts.Archives;

/// <summary>A file in an archive: its name there, its length in bytes, its SHA-256 in lower-case hex.</summary>
internal sealed record ArchivedFile(string Name, long Size, string Sha256);
