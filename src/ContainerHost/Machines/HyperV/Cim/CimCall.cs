namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>A call of a method, with what it is meant to do ("define the machine").</summary>
internal sealed record CimCall(string Attempted, CimPath Target, string Method, params CimProperty[] Arguments)
{
    /// <summary>What an operator can do when the call fails.</summary>
    public string Try { get; init; } =
        "read the event log 'Microsoft-Windows-Hyper-V-VMMS/Admin' of that host, and run the target again.";
}
