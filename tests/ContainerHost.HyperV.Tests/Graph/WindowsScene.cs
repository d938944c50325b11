using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.HyperV.Simulator;
using ContainerHost.Machines.HyperV;
using ContainerHost.Media;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Specification;
using Serilog.Core;

namespace ContainerHost.HyperV.Tests.Graph;

/// <summary>A simulated Hyper-V host, a scripted Windows guest in its machine, and the library's own provisioner over both.</summary>
internal sealed class WindowsScene : IBootMediaSource, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("windows").FullName;

    private readonly ScriptedReleases _releases;

    public WindowsScene(ScriptedGuest? guest = null, HostOptions? options = null)
    {
        _releases = new ScriptedReleases(_folder);
        Guest = guest ?? new ScriptedGuest();
        Host = new SimulatedHost(options ?? new HostOptions());
        Hypervisor = new HyperVHypervisor(Host.ToHost(), new HyperVSpec(), Netsh);
        Services = new HostServices
        {
            Folders = new LocalFolders(In("hosts"), In("cache"), In("reports")),
            Processes = new ProcessRunner(),
            HypervisorFor = _ => Hypervisor,
            Media = this,
            Artifacts = _releases,
            Releases = _releases,
            Guests = Guest,
            Time = Host.Time,
            Log = Logger.None,
        };
    }

    private string In(string name) => Path.Combine(_folder, name);

    public SimulatedHost Host { get; }

    public HyperVHypervisor Hypervisor { get; }

    public Netsh Netsh { get; } = new();

    public ScriptedGuest Guest { get; }

    public HostServices Services { get; }

    /// <summary>Releases that were asked for, by component and wish.</summary>
    public IReadOnlyList<string> Asked => _releases.Asked;

    public static HostRequest Request(string guest = "windows-server-2022", string isolation = "Both") =>
        Typed.Request($"--name lab1 --provider HyperV --guest {guest} --isolation {isolation} --accept-license");

    /// <summary>The whole graph, as <c>Verify</c> runs it.</summary>
    public async Task<VerificationOutcome> RunAsync(HostRequest? request = null, HostServices? services = null)
    {
        using var provisioner = await Provisioner.OpenAsync(
            services ?? Services,
            request ?? Request(),
            recreate: false,
            Token
        );
        await provisioner.DownloadIsoAsync(Token);
        await provisioner.CreateVmAsync(Token);
        await provisioner.EnableNestedAsync(Token);
        await provisioner.InstallContainersAsync(Token);
        return await provisioner.VerifyAsync(Token);
    }

    public HostFolder FolderOf(string host) => Services.Store.FolderOf(NameOf(host));

    /// <summary>Writes a file of the user's own, and returns its path.</summary>
    public string Write(string name, string text)
    {
        var folder = Directory.CreateDirectory(Services.Folders.CacheDirectory);
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    public static HostName NameOf(string text)
    {
        HostName.TryParse(text, out var name).ShouldBeTrue();
        return name!;
    }

    public Task<BootMedia> ObtainAsync(MediaRequest request, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_folder, "medium");
        File.WriteAllText(file, "a medium, or a disk that it was applied to");
        var image = new WindowsImage(3, $"{request.Spec.Guest.Title} SERVERDATACENTERCORE", Guest.Build, "en-US");
        var medium = new InstallationMedium
        {
            IsoPath = file,
            Image = image,
            Sha256 = new string('1', 64),
            Origin = "https://media.example/medium.iso",
            Fingerprint = "0123456789ab",
        };
        return Task.FromResult<BootMedia>(
            request.Spec.Windows!.Installation == WindowsInstallation.Setup
                ? medium
                : new AppliedDisk
                {
                    DiskPath = file,
                    Format = DiskFormat.Vhdx,
                    Image = image,
                    Sha256 = medium.Sha256,
                    Origin = medium.Origin,
                    Fingerprint = medium.Fingerprint,
                }
        );
    }

    public void Dispose()
    {
        Netsh.Dispose();
        Host.Violations.ShouldBeEmpty("Microsoft's schema does not allow what the product did");
        Directory.Delete(_folder, recursive: true);
    }
}
