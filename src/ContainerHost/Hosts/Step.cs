namespace ContainerHost.Hosts;

/// <summary>The steps on the way to a verified host, in order; each is a target of the build.</summary>
public enum Step
{
    /// <summary>The machine has what the host needs.</summary>
    CheckPrereqs,

    /// <summary>The boot media is in the cache.</summary>
    DownloadIso,

    /// <summary>The virtual machine runs, has an address and has set itself up.</summary>
    CreateVm,

    /// <summary>The guest can run virtual machines.</summary>
    EnableNested,

    /// <summary>The guest has a container runtime.</summary>
    InstallContainers,

    /// <summary>The user's scripts have run in the guest.</summary>
    Provision,

    /// <summary>Every check of the host passed.</summary>
    Verify,
}
