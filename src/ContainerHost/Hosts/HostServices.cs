using ContainerHost.Guests;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Media.Releases;
using ContainerHost.Processes;
using ContainerHost.Specification;
using Serilog;

namespace ContainerHost.Hosts;

/// <summary>What the provisioner works with, so that another hypervisor or a test can take any part's place.</summary>
public sealed record HostServices
{
    /// <summary>The folder that holds the hosts.</summary>
    public required HostStore Store { get; init; }

    /// <summary>The folder that reports and failure bundles go to, one folder a host in it.</summary>
    public required string ReportsDirectory { get; init; }

    /// <summary>The folder that media and packages are kept in.</summary>
    public required string CacheDirectory { get; init; }

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
