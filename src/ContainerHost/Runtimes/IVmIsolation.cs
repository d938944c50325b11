namespace ContainerHost.Runtimes;

/// <summary>
/// Runs a container in a VM of its own inside the guest, on a root file system that a runtime mounted.
/// </summary>
internal interface IVmIsolation
{
    /// <summary>The Debian packages it needs in the guest.</summary>
    IReadOnlyList<string> Packages { get; }

    /// <summary>Boots a VM on a mounted root file system, runs the image's command in it, and returns what it left.</summary>
    Task<ContainerResult> RunAsync(
        ContainerRun run,
        ImageConfig image,
        string rootFolder,
        CancellationToken cancellationToken
    );
}
