using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Templates;
using ContainerHost.HyperV.Simulator;
using ContainerHost.HyperV.Simulator.Machines;
using ContainerHost.HyperV.Tests.Graph;
using ContainerHost.Machines.HyperV;
using ContainerHost.Media;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Specification;
using Serilog.Core;

namespace ContainerHost.HyperV.Tests.Templates;

/// <summary>A simulated Hyper-V host, Debian guests in its machines, and the library's own templates and clones over both.</summary>
internal sealed class TemplateScene : IBootMediaSource, IDisposable
{
    public const string Golden = "golden";

    private readonly string _folder = Directory.CreateTempSubdirectory("templates").FullName;

    public TemplateScene(HostOptions? options = null)
    {
        Host = new SimulatedHost(options ?? new HostOptions());
        Guest = new GuestOnDisk(Host);
        Hypervisor = new HyperVHypervisor(Host.ToHost(), new HyperVSpec(), new Netsh());
        Services = new HostServices
        {
            Folders = new LocalFolders(In("hosts"), In("cache"), In("reports")),
            Processes = new ProcessRunner(),
            HypervisorFor = _ => Hypervisor,
            Media = this,
            Artifacts = null!,
            Releases = null!,
            Guests = Guest,
            Time = Host.Time,
            Log = Logger.None,
        };
    }

    public SimulatedHost Host { get; }

    public GuestOnDisk Guest { get; }

    public HyperVHypervisor Hypervisor { get; }

    public HostServices Services { get; }

    public TemplateStore Store => new(Services);

    public string In(string name) => Path.Combine(_folder, name);

    public static HostName NameOf(string text) => WindowsScene.NameOf(text);

    public HostState StateOf(string name) => Services.Store.Load(NameOf(name)).ShouldNotBeNull();

    public HostFolder FolderOf(string name) => Services.Store.FolderOf(NameOf(name));

    /// <summary>The mark of a template, whole or begun.</summary>
    public Guid MarkOf(string template) => Store.Services.Store.Load(NameOf(template)).ShouldNotBeNull().InstanceId;

    /// <summary>Makes a host where there is none, and verifies it with all checks.</summary>
    public async Task<VerificationOutcome> VerifyAsync(string name)
    {
        var request = Typed.Request(
            $"--name {name} --provider HyperV --guest debian-12-cloud --isolation Process --runtime None --checks All"
        );
        using var provisioner = await Provisioner.OpenAsync(Services, request, recreate: false, Token);
        await provisioner.DownloadIsoAsync(Token);
        await provisioner.CreateVmAsync(Token);
        await provisioner.EnableNestedAsync(Token);
        await provisioner.InstallContainersAsync(Token);
        return await provisioner.VerifyAsync(Token);
    }

    /// <summary>A verified host and its template.</summary>
    public async Task MakeTemplateAsync(string name = Golden)
    {
        (await VerifyAsync(name)).Report.Checks.ShouldAllBe(check => check.Passed);
        await TemplateAsync(name);
    }

    public Task TemplateAsync(string name = Golden, CancellationToken? cancellationToken = null) =>
        new TemplateMaker(Services).MakeAsync(NameOf(name), expiresAt: null, cancellationToken ?? Token);

    /// <summary>Makes clones; the first that failed is thrown.</summary>
    public async Task CloneAsync(string from, IReadOnlyList<string> names, CancellationToken? cancellationToken = null)
    {
        IReadOnlyList<HostName> parsed = [.. names.Select(NameOf)];
        var clones = new Cloner(Services).CloneAsync(
            NameOf(from),
            parsed,
            CloneWishes.None,
            cancellationToken ?? Token
        );
        if ((await clones).Select(clone => clone.Failure).FirstOrDefault(failure => failure is not null) is { } failed)
            throw failed;
    }

    public Task<bool> DestroyAsync(string name) => new HostRemover(Services).RemoveAsync(NameOf(name), Token);

    public Task<bool> RemoveTemplateAsync(string name = Golden) => Store.RemoveAsync(NameOf(name), Token);

    public SimulatedMachine MachineOf(string name) =>
        Host.Machines.All.Single(one => Host.Store.Find(one.Settings)!.Text("ElementName") == name);

    /// <summary>What the Hyper-V host has that is neither a host's of the folder nor a template's that is whole.</summary>
    public IReadOnlyList<string> Leftovers()
    {
        // A job that nobody waits for any more must not bring it back later.
        for (var second = 0; second < 60; second++)
        {
            Host.Time.Advance(TimeSpan.FromSeconds(1));
            Host.Tick();
        }
        var marks = Services.Store.List().Select(name => Services.Store.Load(name)!.InstanceId).ToHashSet();
        var templates = Store.List().Select(name => MarkOf(name.Value)).ToHashSet();
        return
        [
            .. Host
                .Machines.All.Where(one =>
                    OwnershipMark.ReadFrom(Host.Store.Find(one.Settings)!) is not { } mark || !marks.Contains(mark)
                )
                .Select(one => $"machine {Host.Store.Find(one.Settings)!.Text("ElementName")}"),
            .. Host.Files.Paths.Where(path =>
                MarkIn(path) is { } mark && !marks.Contains(mark) && !templates.Contains(mark)
            ),
        ];
    }

    private static Guid? MarkIn(string path) =>
        path.Split('\\')
            .Select(part => Guid.TryParse(part, out var mark) ? mark : (Guid?)null)
            .FirstOrDefault(mark => mark is not null);

    public Task<BootMedia> ObtainAsync(MediaRequest request, CancellationToken cancellationToken)
    {
        File.WriteAllText(In("base.vhdx"), "a vendor's image");
        return Task.FromResult<BootMedia>(
            new BaseDisk
            {
                DiskPath = In("base.vhdx"),
                Format = DiskFormat.Vhdx,
                Sha256 = new string('1', 64),
                Origin = "https://media.example/debian.vhdx",
                Fingerprint = "0123456789ab",
            }
        );
    }

    public void Dispose()
    {
        Host.Violations.ShouldBeEmpty("Microsoft's schema does not allow what the product did");
        Directory.Delete(_folder, recursive: true);
    }
}
