using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.Machines.HyperV;

/// <summary>A virtual switch of the host.</summary>
internal sealed record VirtualSwitch(string Name, SwitchKind Kind, CimPath Path)
{
    public override string ToString() => $"'{Name}' ({Kind.ToString().ToLowerInvariant()})";
}

/// <summary>What a virtual switch leads to.</summary>
internal enum SwitchKind
{
    /// <summary>The host's network, through an adapter of it.</summary>
    External,

    /// <summary>Windows' own Default Switch, which translates addresses (NAT).</summary>
    Default,

    /// <summary>The Hyper-V host only.</summary>
    Internal,

    /// <summary>Other machines on the switch only, so that nobody could reach a guest.</summary>
    Private,
}
