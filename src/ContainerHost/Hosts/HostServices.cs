using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Hosts.Pruning;
using ContainerHost.Machines;
using ContainerHost.Media;
using ContainerHost.Media.Releases;
using ContainerHost.Processes;
using ContainerHost.Progress;
using ContainerHost.Runtimes.Relay;
using ContainerHost.Specification;
using Serilog;

namespace ContainerHost.Hosts;

/// <summary>What the provisioner works with, so that another hypervisor or a test can take any part's place.</summary>
internal sealed record HostServices
{
    /// <summary>Where hosts, media and reports are kept; of reports and failure bundles one folder a host.</summary>
    public required LocalFolders Folders { get; init; }

    /// <summary>What makes and drives the machine of a host with that spec.</summary>
    public required Func<HostSpec, IHypervisor> HypervisorFor { get; init; }

    /// <summary>Machines here that lost their host's folder; null where none are looked for.</summary>
    public IStrayMachines? Strays { get; init; }

    public HostStore Store => new(Folders.HostsDirectory, new CacheUsers(Folders.CacheDirectory));
    public required IProcessRunner Processes { get; init; }
    public required IBootMediaSource Media { get; init; }
    public required IArtifactCache Artifacts { get; init; }

    /// <summary>The ways of guests to their archives through this machine; null to leave them to their own network.</summary>
    public GuestRelays? Relays { get; init; }

    public required IReleases Releases { get; init; }
    public required IGuestConnector Guests { get; init; }
    public required ILogger Log { get; init; }

    /// <summary>The user's home folder, where programs look for their configuration: $HOME, on Windows the profile.</summary>
    public string Home { get; init; } =
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    /// <summary>Where systemd finds units of the system that are this process's to write; null for an ordinary user, whose own lie in the home folder.</summary>
    public string? SystemUnits { get; init; } = FileStatus.CurrentUser == 0 ? "/etc/systemd/system" : null;

    /// <summary>What a script may be read from.</summary>
    public Func<Stream> StandardInput { get; init; } = Console.OpenStandardInput;
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where what runs can be seen; nobody looks by default.</summary>
    public ProgressBoard Progress { get; init; } = new(TimeProvider.System);

    /// <summary>What the host of a request has where it is already there, and is not to be made anew; else null.</summary>
    public HostSpec? SpecOf(HostRequest request, bool recreate) =>
        !recreate && HostName.TryParse(request["name"] ?? HostName.Default.Value, out var name)
            ? Store.Load(name)?.Spec
            : null;
}
