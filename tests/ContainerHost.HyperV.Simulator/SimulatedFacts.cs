namespace ContainerHost.HyperV.Simulator;

/// <summary>What the simulated Windows tells of itself.</summary>
public sealed record SimulatedFacts
{
    public bool HypervisorRuns { get; init; } = true;

    public bool FirmwareEnabled { get; init; } = true;

    /// <summary>The state of the service vmms; null when Hyper-V is not installed.</summary>
    public string? Service { get; init; } = "Running";

    public long Memory { get; init; } = 64L << 30;
}
