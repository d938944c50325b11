namespace ContainerHost.Guests;

/// <summary>The Unix socket that a guest's container engine listens on, and the service that makes it.</summary>
internal sealed record EngineSocket(string Path, string Unit);
