using ContainerHost.HyperV.Simulator;

namespace ContainerHost.HyperV.Tests.Contracts;

/// <summary>A host whose methods end at once, without jobs.</summary>
public sealed class QuickHostTests() : SimulatedContract(new HostOptions { JobsTake = TimeSpan.Zero });
