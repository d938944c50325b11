using ContainerHost.Errors;

namespace ContainerHost.Machines.HyperV.Cim;

/// <summary>
/// A CIM namespace on one host: all that the layers above need of the native library. Failures are <see cref="CimCallException"/>; what a
/// method returns is interpreted by <see cref="CimCalls"/> alone.
/// </summary>
internal interface ICimNamespace
{
    /// <summary>The host it is on, as people call it.</summary>
    string Host { get; }

    Task<IReadOnlyList<CimObject>> QueryAsync(WqlQuery query, CancellationToken cancellationToken);

    /// <summary>The only instance of a class, such as a service; an error with that advice when there is none.</summary>
    async Task<CimObject> OnlyAsync(string className, string advice, CancellationToken cancellationToken)
    {
        var found = await QueryAsync(WqlQuery.From(className), cancellationToken);
        return found.Count > 0
            ? found[0]
            : throw new ContainerHostException($"ask {Host}", $"it tells of no {className}", advice);
    }

    /// <summary>The instance; a failure of the kind <see cref="CimFailure.NotFound"/> when there is none.</summary>
    Task<CimObject> GetAsync(CimPath path, CancellationToken cancellationToken);

    /// <summary>The instances of a class that an association leads to.</summary>
    Task<IReadOnlyList<CimObject>> AssociatorsAsync(
        CimPath source,
        string association,
        string resultClass,
        CancellationToken cancellationToken
    );

    /// <summary>Calls a method and hands back what it said, whatever it means.</summary>
    Task<CimMethodResult> InvokeAsync(CimCall call, CancellationToken cancellationToken);
}

/// <summary>A call of a method, with what it is meant to do ("define the machine").</summary>
internal sealed record CimCall(string Attempted, CimPath Target, string Method, params CimProperty[] Arguments)
{
    /// <summary>What an operator can do when the call fails.</summary>
    public string Try { get; init; } =
        "read the event log 'Microsoft-Windows-Hyper-V-VMMS/Admin' of that host, and run the target again.";

    /// <summary>True for a call whose work cuts the host off for a while, as that of a switch on its only adapter does: its job is waited for all the same.</summary>
    public bool CutsOff { get; init; }

    /// <summary>How long the call is made again while it meets what passes by itself; not at all by default.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>
    /// True for a call that may be made again after its job failed without a reason (32768): a change, which is the same twice, or one that attaches files,
    /// which a scanner holds (os-win's jobutils.py asks again on both).
    /// </summary>
    public bool MayRepeat { get; init; }
}

/// <summary>What a method returned: its code and its outgoing parameters.</summary>
internal sealed record CimMethodResult(uint Code, CimObject Out);
