namespace ContainerHost.HyperV.Simulator.Faults;

/// <summary>A call as the host saw it: its number from 0 on, whether it was a method, and its name.</summary>
public sealed record SimulatedCall(int Number, bool IsMethod, string Name)
{
    public override string ToString() => $"{Number}: {Name}";
}
