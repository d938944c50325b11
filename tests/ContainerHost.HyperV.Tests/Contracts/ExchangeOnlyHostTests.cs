using ContainerHost.HyperV.Simulator;

namespace ContainerHost.HyperV.Tests.Contracts;

/// <summary>A host whose guests tell their addresses through key-value exchange only.</summary>
public sealed class ExchangeOnlyHostTests() : SimulatedContract(new HostOptions { AddressByExchangeOnly = true });
