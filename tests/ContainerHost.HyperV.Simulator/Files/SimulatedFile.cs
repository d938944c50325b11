namespace ContainerHost.HyperV.Simulator.Files;

/// <summary>A file on the simulated host and when it was made; for a virtual hard disk its size as a guest sees it, and its parent.</summary>
internal sealed record SimulatedFile(ulong MaxInternalSize = 0, string? Parent = null)
{
    public DateTimeOffset MadeAt { get; init; }
}
