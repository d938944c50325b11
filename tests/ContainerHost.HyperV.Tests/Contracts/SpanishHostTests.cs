using ContainerHost.HyperV.Simulator;

namespace ContainerHost.HyperV.Tests.Contracts;

public sealed class SpanishHostTests()
    : SimulatedContract(
        new HostOptions
        {
            Language = "es",
            ExternalSwitches = [],
            HasDefaultSwitch = true,
        }
    );
