namespace ContainerHost.Machines;

/// <summary>Machines whose host's folder was deleted by hand: no target finds them by a host any more.</summary>
internal interface IStrayMachines
{
    /// <summary>Those of hosts that were in these folders, and of no others: who else has machines here is not known.</summary>
    IReadOnlyList<StrayMachine> Find(IReadOnlyCollection<string> hostsFolders);

    /// <summary>Ends one that was found.</summary>
    Task EndAsync(StrayMachine machine, CancellationToken cancellationToken);

    /// <summary>The files that machines here have open, as far as one may look.</summary>
    IEnumerable<string> OpenFiles();
}
