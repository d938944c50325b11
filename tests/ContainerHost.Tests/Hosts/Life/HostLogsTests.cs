using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Life;
using ContainerHost.Machines;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Machines;
using ContainerHost.Tests.Prerequisites;
using ContainerHost.Tests.Specification;
using ContainerHost.Tests.Verification;
using ContainerHost.Waiting;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts.Life;

/// <summary>Logs of a host whose machine and guest are played; FollowTests has a real server, LifeTests of the end-to-end tests a real guest.</summary>
public sealed class HostLogsTests : FolderTest, IGuestConnector
{
    private static readonly GuestEndpoint Place = new("127.0.0.1", 22);

    private readonly FakeHypervisor _hypervisor = new() { OnFind = () => Place };
    private readonly HostServices _services;
    private readonly List<string> _told = [];
    private readonly List<Command> _asked = [];
    private HostSpec _spec = new HostRequest().ToSpec();
    private Func<CommandResult> _answer = () => new CommandResult(0, "", "");

    public HostLogsTests() =>
        _services = new()
        {
            Folders = new LocalFolders(In("hosts"), In("cache"), In("reports")),
            HypervisorFor = _ => _hypervisor,
            Guests = this,
            Log = Logger.None,
            Processes = null!,
            Media = null!,
            Artifacts = null!,
            Releases = null!,
        };

    private HostFolder Host => new(In("hosts", "containerhost"));

    [Fact]
    public async Task The_console_is_followed_until_the_machine_is_off()
    {
        var logs = await MakeAsync(runs: true);
        Put("hosts/containerhost/serial.log", string.Concat(Enumerable.Range(1, 30).Select(i => $"line {i}\r\n")));

        var following = logs.FollowAsync("serial", Tell, Token);
        await UntilAsync(() => Told.Length == 10);
        await File.AppendAllTextAsync(Host.SerialLog, "\u001b[1mnew\u001b[0m\r\nhalf", Token);
        await UntilAsync(() => Told[^1] == "new");
        _hypervisor.Running = null;

        await following;

        Told[0].ShouldBe("line 21");
        Told[^1].ShouldBe("half");
    }

    [Fact]
    public async Task Of_a_host_that_is_off_what_is_here_is_told_and_that_is_the_end()
    {
        var logs = await MakeAsync(runs: false);
        Put("hosts/containerhost/serial.log", "one\ntwo");
        Put("reports/containerhost/provision/setup.sh.log", "done\n");

        await logs.FollowAsync("SERIAL", Tell, Token);
        await logs.FollowAsync("provision", Tell, Token);

        Told.ShouldBe(["one", "two", "==> setup.sh.log <==", "done"]);
        (await ProblemAsync(() => logs.FollowAsync("runtime", Tell, Token))).ShouldBe("it is off");
        (await ProblemAsync(() => logs.ReadAsync("cloud-init", Token))).ShouldBe("it is off");
    }

    [Fact]
    public async Task A_log_of_the_guest_is_followed_until_its_shut_down_ends_the_connection()
    {
        var logs = await MakeAsync(runs: true);
        _answer = () =>
        {
            _hypervisor.Running = null;
            return new CommandResult(-1, "started\nstopp\u0007ed\n", "");
        };

        await logs.FollowAsync("runtime", Tell, Token);

        Told.ShouldBe(["started", "stopp␇ed"]);
        _asked
            .Single()
            .Arguments[^1]
            .ShouldBe(
                "journalctl --no-pager --boot --unit containerd.service --unit docker.service --lines 10 --follow"
            );
    }

    [Fact]
    public async Task What_shows_the_log_and_fails_is_told_at_once()
    {
        var logs = await MakeAsync(runs: true);
        _answer = () => new CommandResult(127, "", "sh: 1: exec: journalctl: not found\n");

        (await ProblemAsync(() => logs.FollowAsync("runtime", Tell, Token))).ShouldContain("journalctl: not found");
    }

    [Fact]
    public async Task One_log_can_be_chosen_and_by_default_there_are_those_of_console_and_guest()
    {
        var logs = await MakeAsync(runs: true);
        Put("hosts/containerhost/serial.log", "hello\n");
        Put("reports/containerhost/provision/a.sh.log", "first\n");
        _answer = () => new CommandResult(0, "of the guest\n", "");

        (await logs.ReadAsync(null, Token)).Select(log => log.Name).ShouldBe(["console", "cloud-init", "runtime"]);
        (await logs.ReadAsync("serial", Token)).ShouldBe([new HostLog("console", "hello\n")]);
        (await logs.ReadAsync("runtime", Token)).ShouldBe([new HostLog("runtime", "of the guest\n")]);
        (await logs.ReadAsync("provision", Token)).ShouldBe([new HostLog("a.sh.log", "first\n")]);
    }

    [Fact]
    public async Task Logs_that_there_are_not_are_refused_and_told()
    {
        var logs = await MakeAsync(runs: true);

        (await Should.ThrowAsync<InvalidInputException>(() => logs.ReadAsync("kernel", Token))).Problems.ShouldBe([
            "--log 'kernel' is not known. Allowed: serial, cloud-init, runtime, provision, events.",
        ]);
        (await Should.ThrowAsync<InvalidInputException>(() => logs.ReadAsync("events", Token))).Problems.ShouldBe([
            "--log 'events': this guest has none. It has serial, cloud-init, runtime and provision.",
        ]);
        (await ProblemAsync(() => logs.FollowAsync("serial", Tell, Token))).ShouldContain("Hyper-V");
        (await ProblemAsync(() => logs.ReadAsync("provision", Token))).ShouldBe("none ran in the host");
        _asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Events_of_windows_are_printed_and_not_followed()
    {
        _spec = Typed.Request("--guest windows-server-2022 --accept-license").ToSpec();
        var logs = await MakeAsync(runs: true);

        (await ProblemAsync(() => logs.FollowAsync("events", Tell, Token))).ShouldContain("no file");

        _asked.ShouldBeEmpty();
    }

    Task<IGuestShell> IGuestConnector.ConnectAsync(
        GuestAccess access,
        Wait wait,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IGuestShell>(
            new FakeGuestShell(command =>
            {
                _asked.Add(command);
                return _answer();
            })
        );

    Task IGuestConnector.ProvePasswordAsync(
        GuestAccess access,
        string password,
        string host,
        CancellationToken cancellationToken
    ) => throw new InvalidOperationException("Nobody asks for it.");

    private async Task<HostLogs> MakeAsync(bool runs)
    {
        if (runs)
            _hypervisor.Running = MachineSample.Built with { Folder = Host };
        var made = new StepRecord
        {
            Fingerprint = "",
            StartedAt = DateTimeOffset.UnixEpoch,
            DurationMs = 1,
        };
        var state = new HostState
        {
            Spec = _spec,
            InstanceId = Guid.NewGuid(),
            CreatedAt = DateTimeOffset.UnixEpoch,
            HostPublicKey = "ssh-ed25519 AAAA",
        };
        await _services.Store.SaveAsync(state.With(Step.CreateVm, made), Token);
        return new HostLogs(_services, HostName.Default);
    }

    private static async Task<string> ProblemAsync(Func<Task> work) =>
        (await Should.ThrowAsync<ContainerHostException>(work)).Saw;

    private string[] Told
    {
        get
        {
            lock (_told)
                return [.. _told];
        }
    }

    private void Tell(string line)
    {
        lock (_told)
            _told.Add(line);
    }

    private static async Task UntilAsync(Func<bool> met)
    {
        while (!met())
            await Task.Delay(20, Token);
    }
}
