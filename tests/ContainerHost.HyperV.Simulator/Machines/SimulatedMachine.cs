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

    /// <summary>What its guest has in memory; lost when it is turned off, kept while it is saved.</summary>
    public string? Memory { get; set; }

    /// <summary>True once its medium's loader got the key that it asked for.</summary>
    public bool HasBootedMedium { get; set; }

    /// <summary>What becomes of it by itself, and when.</summary>
    public (DateTimeOffset At, Action Effect)? Ahead { get; set; }
}
