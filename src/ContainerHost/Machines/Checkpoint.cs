namespace ContainerHost.Machines;

/// <summary>A kept state of a machine: when it was kept, UTC, and whether the memory of the running guest is in it, or its disk alone.</summary>
internal sealed record Checkpoint(string Name, DateTimeOffset CreatedAt, bool HasMemory);
