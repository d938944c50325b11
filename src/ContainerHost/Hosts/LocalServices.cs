using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.Qemu;
using ContainerHost.Media;
using ContainerHost.Media.Downloads;
using ContainerHost.Media.Releases;
using ContainerHost.Networks;
using ContainerHost.Processes;
using ContainerHost.Progress;
using ContainerHost.Runtimes.Relay;
using ContainerHost.Specification;
using Serilog;

namespace ContainerHost.Hosts;

/// <summary>The services of this machine: its hypervisors, the cache, the network.</summary>
internal static class LocalServices
{
    public static HostServices Create(
        LocalFolders folders,
        ILogger log,
        NetworkAccess access,
        string? hyperVPassword = null
    )
    {
        var time = TimeProvider.System;
        var processes = new ProcessRunner { Passes = ChildEnvironment.Passes };
        var cache = new CacheFolder(folders.CacheDirectory);
        var progress = new ProgressBoard(time, new ExpectedTimes(cache.Durations));
        // Stalls are found by the downloader; a limit on the whole would end long downloads.
        var network = new LocalNetwork(access);
        var downloader = Through(network);
        var artifacts = new HttpArtifactCache(cache, downloader, time);
        var guard = AddressGuard.OfThisMachine;
        var guarded = new HttpArtifactCache(cache, Through(network.GuardedBy(guard)), time);
        return new HostServices
        {
            Folders = folders,
            Processes = processes,
            HypervisorFor = new LocalHypervisors()
                .With(Provider.Qemu, spec => spec.Provider, _ => new QemuHypervisor(cache.Path, processes, time))
                .With(
                    Provider.HyperV,
                    spec => spec.HyperV!,
                    place =>
                        HyperVHypervisor.Connect(
                            place,
                            hyperVPassword,
                            processes,
                            time,
                            told => log.Information("Hyper-V: {Progress}", told)
                        )
                )
                .For,
            Strays = new QemuOrphans(time),
            Media = new BootMediaStore(cache, processes, downloader, time, log)
            {
                Offline = access.Offline,
                Progress = progress,
            },
            Artifacts = artifacts,
            Relays = new GuestRelays(network, guarded, cache, log) { Guard = guard },
            Releases = GitHubReleases.Create(access, network, cache.Releases, time),
            Guests = new GuestConnector(processes, time),
            Time = time,
            Log = log,
            Progress = progress,
        };

        Downloader Through(LocalNetwork way)
        {
            var http = new HttpClient(way.NewHandler()) { Timeout = Timeout.InfiniteTimeSpan };
            return new Downloader(http, time, log, new DownloadOptions { Offline = access.Offline })
            {
                Progress = progress,
            };
        }
    }
}
