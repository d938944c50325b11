using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Machines;

/// <summary>A machine on the simulated host.</summary>
internal sealed class SimulatedMachine(string id, CimPath settings, CimPath system)
{
    public string Id => id;

    public CimPath Settings => settings;

    public CimPath System => system;

    public HyperVState State { get; set; } = HyperVState.Off;

    public bool IsOff => State == HyperVState.Off;

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>The keys that were typed since its start.</summary>
    public List<uint> Keys { get; } = [];

    /// <summary>When its guest will have shut down; null while nobody asked it to.</summary>
    public DateTimeOffset? OffAt { get; set; }
}
