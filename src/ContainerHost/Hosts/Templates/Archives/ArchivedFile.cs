namespace ContainerHost.Hosts.Templates.Archives;

/// <summary>A file in a template's archive: its name there, its length in bytes, its SHA-256 in lower-case hex.</summary>
internal sealed record ArchivedFile(string Name, long Size, string Sha256);
