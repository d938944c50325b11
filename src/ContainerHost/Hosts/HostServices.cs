using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Media.Releases;
using ContainerHost.Processes;
using ContainerHost.Specification;
using Serilog;

namespace ContainerHost.Hosts;

/// <summary>What the provisioner works with, so that another hypervisor or a test can take any part's place.</summary>
internal sealed record HostServices
{
    /// <summary>Where hosts, media and reports are kept; of reports and failure bundles one folder a host.</summary>
    public required LocalFolders Folders { get; init; }

    public HostStore Store => new(Folders.HostsDirectory);

    /// <summary>Runs commands here.</summary>
    public required IProcessRunner Processes { get; init; }

    /// <summary>What makes and drives the machine of a host with that spec.</summary>
    public required Func<HostSpec, IHypervisor> HypervisorFor { get; init; }

    /// <summary>Obtains boot media.</summary>
    public required IBootMediaSource Media { get; init; }

    /// <summary>Obtains packages.</summary>
    public required IArtifactCache Artifacts { get; init; }

    /// <summary>Finds published releases.</summary>
    public required IReleases Releases { get; init; }

    /// <summary>Connects to guests.</summary>
    public required IGuestConnector Guests { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The log.</summary>
    public required ILogger Log { get; init; }
}
