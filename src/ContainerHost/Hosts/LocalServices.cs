using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.Qemu;
using ContainerHost.Media;
using ContainerHost.Media.Downloads;
using ContainerHost.Processes;
using Serilog;

namespace ContainerHost.Hosts;

/// <summary>The services of this machine: its hypervisors, the cache, the network.</summary>
public static class LocalServices
{
    /// <summary>Puts the real parts together; <paramref name="hyperVPassword"/> is the secret that goes with a remote Hyper-V host's user, or null.</summary>
    public static HostServices Create(LocalFolders folders, ILogger log, string? hyperVPassword = null)
    {
        var time = TimeProvider.System;
        var processes = new ProcessRunner();
        var cache = folders.CacheDirectory is { } path ? new CacheFolder(path) : CacheFolder.Default;
        // Stalls are found by the downloader; a limit on the whole would end long downloads.
        var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var downloader = new Downloader(http, time, log);
        return new HostServices
        {
            Store = new HostStore(folders.HostsDirectory),
            ReportsDirectory = folders.ReportsDirectory,
            CacheDirectory = cache.Path,
            Processes = processes,
            HypervisorFor = new LocalHypervisors(
                new QemuHypervisor(cache.Path, processes, time),
                spec =>
                    HyperVHypervisor.Connect(
                        spec,
                        hyperVPassword,
                        time,
                        told => log.Information("Hyper-V: {Progress}", told)
                    )
            ).For,
            Media = new BootMediaStore(cache, processes, downloader, time, log),
            Artifacts = new HttpArtifactCache(cache, downloader, time),
            Time = time,
            Log = log,
        };
    }
}
