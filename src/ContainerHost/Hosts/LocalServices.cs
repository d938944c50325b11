using ContainerHost.Machines.Qemu;
using ContainerHost.Media;
using ContainerHost.Media.Downloads;
using ContainerHost.Processes;
using Serilog;

namespace ContainerHost.Hosts;

/// <summary>The services of this machine: QEMU, the cache, the network.</summary>
public static class LocalServices
{
    /// <summary>Puts the real parts together.</summary>
    public static HostServices Create(LocalFolders folders, ILogger log)
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
            Hypervisor = new QemuHypervisor(cache.Path, processes, time),
            Media = new BootMediaStore(cache, processes, downloader, time, log),
            Artifacts = new HttpArtifactCache(cache, downloader, time),
            Time = time,
            Log = log,
        };
    }
}
