namespace ContainerHost.Runtimes.Containerd;

/// <summary>Runs containers of containerd's images in VMs of their own.</summary>
internal interface IContainerdVms
{
    /// <summary>Installs what no Debian package has, and returns it.</summary>
    Task<IReadOnlyList<InstalledArtifact>> InstallAsync(CancellationToken cancellationToken);

    /// <summary>Runs a container to its end and returns what it left.</summary>
    Task<ContainerResult> RunAsync(ContainerRun run, CancellationToken cancellationToken);
}
