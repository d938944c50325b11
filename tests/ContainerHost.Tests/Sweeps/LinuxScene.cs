using System.Net;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Machines.Qemu;
using ContainerHost.Media;
using ContainerHost.Media.Downloads;
using ContainerHost.Media.Releases;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Specification;
using Serilog.Core;

namespace ContainerHost.Tests.Sweeps;

/// <summary>The library's own provisioner and QEMU hypervisor over a process that stands in for QEMU and a scripted Debian guest in it.</summary>
internal sealed class LinuxScene : IBootMediaSource, IReleases, IDisposable
{
    private readonly string _folder;
    private readonly HttpClient _http;

    public LinuxScene(string folder, Func<Ports, IProcessRunner>? processes = null)
    {
        _folder = folder;
        var time = new HurriedTime();
        var runner = processes?.Invoke(Ports) ?? new StandInQemu(In("bin"), Ports);
        Guests = new ScriptedDebian(In("guests"), Ports) { PowerOff = PowerOff };
        _http = new HttpClient(new FaultyHttp(Ports)) { Timeout = Timeout.InfiniteTimeSpan };
        var cache = new CacheFolder(In("run", "cache"));
        Services = new HostServices
        {
            Folders = new LocalFolders(In("run", "hosts"), cache.Path, In("run", "reports")),
            Processes = runner,
            HypervisorFor = _ => new QemuHypervisor(cache.Path, runner, time),
            Media = this,
            Artifacts = new HttpArtifactCache(
                cache,
                new Downloader(_http, time, Logger.None, new DownloadOptions { Retries = 1 }),
                time
            ),
            Releases = this,
            Guests = Guests,
            Time = time,
            Log = Logger.None,
        };
    }

    public Ports Ports { get; } = new();

    /// <summary>True for a medium that starts by UEFI only.</summary>
    public bool NeedsUefi { get; init; }

    public ScriptedDebian Guests { get; }

    public HostServices Services { get; }

    /// <summary>All that the run writes, but for what stands in for the world.</summary>
    public string Run => In("run");

    public HostFolder Host => new(In("run", "hosts", "lab1"));

    private string In(params string[] names) => Path.Combine([_folder, .. names]);

    /// <summary>The six targets, as <c>Verify</c> runs them.</summary>
    public async Task<VerificationOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var request = Typed.Request("--name lab1 --isolation Both --runtime-version 2.1.4");
        using var provisioner = await Provisioner.OpenAsync(Services, request, recreate: false, cancellationToken);
        await provisioner.DownloadIsoAsync(cancellationToken);
        await provisioner.CreateVmAsync(cancellationToken);
        await provisioner.EnableNestedAsync(cancellationToken);
        await provisioner.InstallContainersAsync(cancellationToken);
        return await provisioner.VerifyAsync(cancellationToken);
    }

    /// <summary>Removes the host, and says what of it is left.</summary>
    public async Task<IReadOnlyList<string>> DestroyAsync(CancellationToken cancellationToken)
    {
        var name = SpecOf(Typed.Request("--name lab1")).Name;
        using (var session = new HostSession(Services.Store, name, Services.Time, Logger.None))
            await new HostRemover(Services).RemoveAsync(session, cancellationToken);
        return [.. Directory.Exists(Host.Path) ? [Host.Path] : Array.Empty<string>(), .. Processes(), .. Strays()];
    }

    /// <summary>What no run may leave, however it ends: temporary files, and a lock that is held.</summary>
    public IReadOnlyList<string> Strays()
    {
        var strays = Directory.Exists(Run)
            ? Directory.EnumerateFiles(Run, "*.tmp", SearchOption.AllDirectories).ToList()
            : [];
        using var taken = ProcessLock.TryTake(Host.ProcessLock);
        return taken is null ? [.. strays, Host.ProcessLock] : strays;
    }

    /// <summary>What is there of a machine that nothing but its undoing should have ended.</summary>
    public IReadOnlyList<string> HalfMade()
    {
        var isMade =
            Services.Store.Load(SpecOf(Typed.Request("--name lab1")).Name)?.Find(Step.CreateVm) is { IsDone: true };
        return isMade ? []
            : Directory.Exists(Host.Path) ? [.. Directory.EnumerateFileSystemEntries(Host.Path), .. Processes()]
            : [.. Processes()];
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The machines that run.</summary>
    public IEnumerable<string> Processes() => Running().Select(one => $"process {one.Id}");

    private IEnumerable<RunningProcess> Running() =>
        RunningProcess
            .List()
            .Where(one => Path.GetFileName(one.Words[0]) == QemuArguments.Program)
            .Where(one =>
                LinkOf($"/proc/{one.Id}/cwd") is { } cwd && cwd.StartsWith(_folder, StringComparison.Ordinal)
            );

    /// <summary>Ends a machine as its guest's own end does; it is known by the port that leads there.</summary>
    public static void PowerOff(int port)
    {
        var holder = PortHolder.Find(IPAddress.Loopback, port, isUdp: false).ShouldNotBeNull();
        using var process = System.Diagnostics.Process.GetProcessById(holder.Id);
        process.Kill();
    }

    private static string? LinkOf(string path)
    {
        try
        {
            return new DirectoryInfo(path).LinkTarget;
        }
        catch (IOException)
        {
            return null; // It ended meanwhile.
        }
    }

    private static HostSpec SpecOf(HostRequest request) => request.ToSpec();

    public Task<PinnedFile> FindAsync(ReleaseComponent component, VersionWish wish, CancellationToken cancellationToken)
    {
        if (Ports.Enter(Port.Release, component.Name) is { } fault)
            throw Ports.Broken($"find {component.Name}", fault);
        var address = new Uri($"https://releases.example/{component.Name}-2.1.4.tar.gz");
        var digest = DebPackage.DigestOf(address);
        return Task.FromResult(new PinnedFile(component.Name, "2.1.4", address, digest, Size: null));
    }

    public async Task<BootMedia> ObtainAsync(MediaRequest request, CancellationToken cancellationToken)
    {
        if (Ports.Enter(Port.Media, "medium") is { } fault)
            throw Ports.Broken("obtain the boot medium", fault);
        var disk = In("medium.raw");
        if (!File.Exists(disk))
            await File.WriteAllBytesAsync(disk, new byte[1 << 20], cancellationToken);
        return new BaseDisk
        {
            DiskPath = disk,
            Format = DiskFormat.Raw,
            Sha256 = new string('1', 64),
            Origin = "https://media.example/debian.raw",
            Fingerprint = "0123456789ab",
            Size = 1 << 20,
            NeedsUefi = NeedsUefi,
        };
    }
}
