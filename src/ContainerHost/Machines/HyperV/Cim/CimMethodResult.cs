namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>What a method returned: its code and its outgoing parameters.</summary>
internal sealed record CimMethodResult(uint Code, CimObject Out);
