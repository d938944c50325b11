namespace ContainerHost.Hosts;

/// <summary>A checkpoint of a host: its name, when it was made, UTC, and whether the running guest's memory is in it or its disk alone.</summary>
public sealed record CheckpointOverview(string Name, DateTimeOffset CreatedAt, bool HasMemory);
