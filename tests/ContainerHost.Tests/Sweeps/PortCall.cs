namespace ContainerHost.Tests.Sweeps;

/// <summary>A call that a run makes to the world, by its number in the run.</summary>
internal sealed record PortCall(int Number, Port Port, string Name);
