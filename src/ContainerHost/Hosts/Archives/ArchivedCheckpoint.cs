using ContainerHost.Hosts.Life;

namespace ContainerHost.Hosts.Archives;

/// <summary>What was known of an archived host at one of its checkpoints, which itself is in the disk.</summary>
internal sealed record ArchivedCheckpoint(string Name, KeptHost Kept);
