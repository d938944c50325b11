using ContainerHost.HyperV.Simulator;

namespace ContainerHost.HyperV.Tests.Contracts;

public sealed class EnglishHostTests() : SimulatedContract(new HostOptions());
