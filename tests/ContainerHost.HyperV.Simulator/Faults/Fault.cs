namespace ContainerHost.HyperV.Simulator.Faults;

/// <summary>A failure to inject; the code counts for <see cref="FaultKind.Code"/> and <see cref="FaultKind.JobFails"/>.</summary>
public sealed record Fault(FaultKind Kind, uint Code = 0)
{
    public override string ToString() => Code == 0 ? $"{Kind}" : $"{Kind} {Code}";
}
