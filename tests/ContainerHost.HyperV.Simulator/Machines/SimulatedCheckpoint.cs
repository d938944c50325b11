using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Machines;

/// <summary>A checkpoint: its settings, and the memory that its saved state file has; null for a machine that was off.</summary>
internal sealed record SimulatedCheckpoint(CimPath Settings, string? Memory);
