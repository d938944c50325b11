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
