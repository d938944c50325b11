using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.Machines.HyperV;

/// <summary>A virtual switch of the host.</summary>
internal sealed record VirtualSwitch(string Name, SwitchKind Kind, CimPath Path)
{
    public override string ToString() => $"'{Name}' ({Kind.ToString().ToLowerInvariant()})";
}
