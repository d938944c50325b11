using ContainerHost.Guests;
using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.Qemu;
using ContainerHost.Media;
using ContainerHost.Media.Downloads;
using ContainerHost.Media.Releases;
using ContainerHost.Processes;
using ContainerHost.Specification;
using Serilog;

namespace ContainerHost.Hosts;

/// <summary>The services of this machine: its hypervisors, the cache, the network.</summary>
public static class LocalServices
{
    /// <summary>Puts the real parts together; without <paramref name="access"/> no secret is known and downloads are allowed.</summary>
    public static HostServices Create(LocalFolders folders, ILogger log, LocalAccess? access = null)
    {
        access ??= new LocalAccess();
        var time = TimeProvider.System;
        var processes = new ProcessRunner();
        var cache = folders.CacheDirectory is { } path ? new CacheFolder(path) : CacheFolder.Default;
        // Stalls are found by the downloader; a limit on the whole would end long downloads.
        var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var downloader = new Downloader(http, time, log, new DownloadOptions { Offline = access.Offline });
        return new HostServices
        {
            Store = new HostStore(folders.HostsDirectory),
            ReportsDirectory = folders.ReportsDirectory,
            CacheDirectory = cache.Path,
            Processes = processes,
            HypervisorFor = new LocalHypervisors()
                .With(Provider.Qemu, spec => spec.Provider, _ => new QemuHypervisor(cache.Path, processes, time))
                .With(
                    Provider.HyperV,
                    spec => spec.HyperV!,
                    place =>
                        HyperVHypervisor.Connect(
                            place,
                            access.HyperVPassword,
                            time,
                            told => log.Information("Hyper-V: {Progress}", told)
                        )
                )
                .For,
            Media = new BootMediaStore(cache, processes, downloader, time, log) { Offline = access.Offline },
            Artifacts = new HttpArtifactCache(cache, downloader, time),
            Releases = GitHubReleases.Create(
                new ReleaseOptions
                {
                    Address = access.GitHubAddress,
                    Token = access.GitHubToken,
                    Offline = access.Offline,
                    CacheDirectory = cache.Releases,
                },
                time
            ),
            Guests = new GuestConnector(processes, time),
            Time = time,
            Log = log,
        };
    }
}
