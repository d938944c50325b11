using ContainerHost.HyperV.Simulator;

namespace ContainerHost.HyperV.Tests.Contracts;

public sealed class GermanHostTests()
    : SimulatedContract(new HostOptions { Language = "de", ExternalSwitches = ["Außen"] });
