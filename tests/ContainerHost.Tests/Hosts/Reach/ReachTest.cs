using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Hosts;
using ContainerHost.Machines;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Guests;
using ContainerHost.Tests.Prerequisites;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts.Reach;

/// <summary>A host that is a real SSH server of this machine, in a folder with a blank in its name; logged in to as whoever runs the tests.</summary>
public abstract class ReachTest(SshServer server) : FolderTest, IClassFixture<SshServer>
{
    private HostServices? _services;

    internal static HostName Web { get; } = Called("web");

    /// <summary>The port that leads to it; null while it is off.</summary>
    protected int? Port { get; set; }

    internal SshServer Server { get; } = server;

    internal HostServices Services =>
        _services ??= new HostServices
        {
            Folders = new LocalFolders(In("a b", "hosts"), In("cache"), In("reports")),
            Home = In("home"),
            HypervisorFor = _ => new FakeHypervisor
            {
                OnFind = () => Port is { } port ? new GuestEndpoint("127.0.0.1", port) : null,
                OnStart = () => new GuestEndpoint("127.0.0.1", Port!.Value),
                OnDestroy = () => Port = null,
                OnStop = _ => true,
            },
            Processes = new ProcessRunner(),
            Guests = new ScriptedGuests(Asked),
            Log = Logger.None,
            Media = null!,
            Artifacts = null!,
            Releases = null!,
        };

    /// <summary>What the guest was asked to run.</summary>
    internal List<Command> Asked { get; } = [];

    internal HostFolder Host => Services.Store.FolderOf(Web);

    internal HostReach Reach => new(Services, Web);

    internal HostConnection Connection => new(Services, Host, () => Services.Store.Load(Web)!);

    protected string Config => In("home", ".ssh", "config");

    protected string Gathered => In("a b", "hosts", "ssh_config");

    public override async ValueTask InitializeAsync()
    {
        RealTool.Require("ssh");
        Server.Start();
        Directory.CreateDirectory(In("home"));
        Port = Server.Access.Port;
        await MakeAsync(new HostRequest().With("name", "web"));
    }

    internal async Task MakeAsync(HostRequest request, Func<HostState, HostState>? change = null)
    {
        var made = new StepRecord
        {
            Fingerprint = "",
            StartedAt = DateTimeOffset.UnixEpoch,
            DurationMs = 1,
        };
        var state = new HostState
        {
            Spec = request.ToSpec(),
            InstanceId = Guid.NewGuid(),
            CreatedAt = DateTimeOffset.UnixEpoch,
            HostPublicKey = Server.Access.HostPublicKey,
        }.With(Step.CreateVm, made);
        await Services.Store.SaveAsync(change?.Invoke(state) ?? state, Token);
        File.Copy(Server.Access.ClientKeyPath, Host.ClientKey, overwrite: true);
        await File.WriteAllTextAsync(Host.KnownHosts, $"web {Server.Access.HostPublicKey}\n", Token);
    }

    internal static HostName Called(string name) =>
        HostName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name);

    /// <summary>What Debian's client prints, reading that configuration and no other.</summary>
    internal static Task<string> SshAsync(string config, params string[] words) =>
        RealTool.RunAsync("ssh", ["-F", config, "-o", "BatchMode=yes", .. words]);
}
