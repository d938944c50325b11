namespace ContainerHost.Runtimes;

/// <summary>A container and whether it runs.</summary>
public sealed record ContainerStatus(string Name, bool Running);
