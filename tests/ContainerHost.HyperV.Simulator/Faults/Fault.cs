namespace ContainerHost.HyperV.Simulator.Faults;

/// <summary>A failure to inject; the code counts for <see cref="FaultKind.Code"/> and <see cref="FaultKind.JobFails"/>.</summary>
public sealed record Fault(FaultKind Kind, uint Code = 0)
{
    /// <summary>True when the call fails so however often it is made again.</summary>
    public bool Lasts { get; init; }

    public override string ToString() => $"{Kind}{(Code == 0 ? "" : $" {Code}")}{(Lasts ? " for good" : "")}";
}
