using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Store;

/// <summary>Two instances that belong together.</summary>
internal sealed record Association(string ClassName, CimPath From, CimPath To);
