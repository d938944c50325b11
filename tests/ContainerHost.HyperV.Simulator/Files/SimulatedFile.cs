namespace ContainerHost.HyperV.Simulator.Files;

/// <summary>A file on the simulated host and when it was made; for a virtual hard disk its size as a guest sees it, and its parent.</summary>
internal sealed record SimulatedFile(ulong MaxInternalSize = 0, string? Parent = null)
{
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>What a guest last wrote while its machine had this file; null where it wrote nothing, and a differencing disk shows its parent's.</summary>
    public string? Content { get; init; }
}
