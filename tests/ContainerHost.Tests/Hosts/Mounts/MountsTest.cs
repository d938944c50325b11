using ContainerHost.Hosts;
using ContainerHost.Hosts.Mounts;
using ContainerHost.Hosts.Reach;
using ContainerHost.Machines;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Guests;
using ContainerHost.Tests.Hosts.Reach;
using ContainerHost.Tests.Machines;
using ContainerHost.Tests.Prerequisites;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace ContainerHost.Tests.Hosts.Mounts;

/// <summary>A host that runs, whose guest is this machine: a real SSH server, sshfs and kernel; a path of its own is a folder of the test.</summary>
public abstract class MountsTest(SshServer server) : ReachTest(server), ILogEventSink
{
    internal string Src => Directory.CreateDirectory(In("src")).FullName;

    /// <summary>The path in the guest.</summary>
    internal string Work => In("work");

    protected List<string> Warnings { get; } = [];

    internal HostServices Live =>
        Services with
        {
            HypervisorFor = _ => new FakeHypervisor
            {
                Running = MachineSample.Built with { Name = Web, Folder = Host },
                OnFind = () => new GuestEndpoint("127.0.0.1", Port!.Value),
                OnDestroy = () => { },
                OnStop = _ => true,
            },
            Guests = new LocalGuests(),
            Log = new LoggerConfiguration().WriteTo.Sink(this).CreateLogger(),
        };

    /// <summary>Gives the host exactly those; null for none. Who logs in is who runs the tests, which the library's own way would not have.</summary>
    internal async Task SetAsync(string? folders)
    {
        var had = State.Spec.Mount?.All ?? [];
        var wanted = State with { Spec = State.Spec with { Mount = FolderMounts.Read(folders ?? "none", []) } };
        await using var shell = await new LocalGuests().ConnectAsync(Server.Access, null!, Token);
        await Mounts.TakeAsync(wanted, had.Except(wanted.Spec.Mount?.All ?? []), shell, Token);
        await Mounts.ApplyAsync(wanted, shell, Entry, Token);
        await Services.Store.SaveAsync(wanted, Token);
    }

    internal HostState State => Services.Store.Load(Web)!;

    internal HostMounts Mounts => new(Live);

    /// <summary>Our processes for the host.</summary>
    internal List<RunningProcess> Serving =>
        [
            .. RunningProcess
                .List()
                .Where(one =>
                    one.Words[0] is "ssh" or "bwrap"
                    && one.Words.Any(word => word.Contains(Folder, StringComparison.Ordinal))
                ),
        ];

    void ILogEventSink.Emit(LogEvent logEvent)
    {
        if (logEvent.Level == LogEventLevel.Warning)
            Warnings.Add(logEvent.RenderMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    public override async ValueTask InitializeAsync()
    {
        foreach (var program in new[] { "bwrap", "sshfs", "bash", "setsid" })
            RealTool.Require(program);
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess && File.Exists("/dev/fuse"),
            "only root mounts, where there is FUSE; end-to-end tests mount in guests"
        );
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (Services.Store.Has(Web))
            await Mounts.EndAllAsync(State, CancellationToken.None);
        await UntilAsync(() => !IsMounted(Folder));
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The host as it is reached: who logs in is who runs the tests.</summary>
    internal SshEntry Entry => Connection.EntryOf(Server.Access);

    internal static bool IsMounted(string path) =>
        File.ReadAllText("/proc/self/mountinfo").Contains($" {path}", StringComparison.Ordinal);

    internal static async Task UntilAsync(Func<bool> isSo)
    {
        for (var left = 100; !isSo() && left > 0; left--)
            await Task.Delay(100, Token);
        isSo().ShouldBeTrue();
    }
}
