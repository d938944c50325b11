namespace ContainerHost.Media;

/// <summary>
/// What a machine goes on with instead of a boot: its memory, a file that is never written to, and the state of its devices; both by
/// absolute paths.
/// </summary>
internal sealed record SavedMachine(string MemoryPath, string StatePath);
