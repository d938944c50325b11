using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Life;
using ContainerHost.Machines;
using ContainerHost.Specification;
using ContainerHost.Tests.Machines;
using ContainerHost.Tests.Prerequisites;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts.Life;

/// <summary>Hosts that start with this machine, with a home folder, and a folder of the system's units, of the test's own.</summary>
public sealed class HostAutostartTests : FolderTest
{
    private const string Reload = "systemctl --user daemon-reload";

    private readonly FakeProcessRunner _processes = new();
    private readonly FakeHypervisor _hypervisor;
    private HostServices _services;

    public HostAutostartTests()
    {
        _hypervisor = new FakeHypervisor { OnFind = () => null, OnDestroy = () => { } };
        _services = new()
        {
            Folders = new LocalFolders(In("hosts"), In("cache"), In("reports")),
            HypervisorFor = _ => _hypervisor,
            Processes = _processes,
            Home = In("home"),
            SystemUnits = null,
            Log = Logger.None,
            Guests = null!,
            Media = null!,
            Artifacts = null!,
            Releases = null!,
        };
    }

    private static HostName Web =>
        HostName.TryParse("web", out var name) ? name : throw new InvalidOperationException();

    private HostAutostart Autostart => new(_services);

    private string Build => In("build.sh");

    private string Units => In("home", ".config", "systemd", "user");

    private string Unit => Path.Combine(Units, "containerhost-web.service");

    public override async ValueTask InitializeAsync()
    {
        Put("build.sh", "#!/bin/sh\n");
        var machine = MachineSample.Built with { Name = Web, Folder = _services.Store.FolderOf(Web) };
        _hypervisor.Running = machine;
        var made = new StepRecord
        {
            Fingerprint = "",
            StartedAt = DateTimeOffset.UnixEpoch,
            DurationMs = 1,
        };
        await _services.Store.SaveAsync(
            new HostState
            {
                Spec = new HostRequest().With("name", "web").ToSpec(),
                InstanceId = machine.InstanceId,
                CreatedAt = DateTimeOffset.UnixEpoch,
            }.With(Step.CreateVm, made),
            Token
        );
    }

    [Fact]
    public async Task A_host_gets_a_unit_of_the_users_that_is_enabled()
    {
        _processes.Answer(Reload);

        foreach (var note in (string[])[await SetAsync(), await SetAsync()])
            note.ShouldSatisfyAllConditions(
                () => note.ShouldStartWith($"'web' starts with this machine, by {Unit}; 'loginctl enable-linger"),
                () => note.ShouldNotContain("did not take it"),
                () => note.ShouldContain("start containerhost-web.service by systemctl")
            );

        _processes.Ran.ShouldBe([Reload, Reload]);
        var text = File.ReadAllText(Unit);
        text.ShouldContain($"ExecStart=/bin/sh \"{Build}\" \"Start\" \"--name\" \"web\" \"--hosts-directory\"");
        // Emulated guests have ten minutes to shut down, and the build some time to start.
        text.ShouldContain("TimeoutStopSec=900\n");
        File.ResolveLinkTarget(Path.Combine(Units, "default.target.wants", "containerhost-web.service"), true)!
            .FullName.ShouldBe(Unit);
        (await ListedAsync()).Autostart.ShouldBeTrue();
    }

    [Fact]
    public async Task Roots_build_has_a_unit_of_the_systems()
    {
        _services = _services with { SystemUnits = In("etc") };
        _processes.Answer("systemctl daemon-reload");

        (await SetAsync()).ShouldStartWith(
            $"'web' starts with this machine, by {In("etc", "containerhost-web.service")}; it runs by a session of yours"
        );

        File.Exists(In("etc", "multi-user.target.wants", "containerhost-web.service")).ShouldBeTrue();
        File.ReadAllText(In("etc", "containerhost-web.service")).ShouldContain("After=network-online.target");
        Directory.Exists(In("home")).ShouldBeFalse();
    }

    [Fact]
    public async Task Where_systemd_does_not_run_the_unit_waits_for_it_and_that_is_told()
    {
        _processes.Answer(Reload, exitCode: 1, error: "Failed to connect to bus: No medium found\n");

        (await SetAsync()).ShouldContain("will when it starts (Failed to connect to bus: No medium found)");

        _processes.Without(Reload);
        (await SetAsync()).ShouldContain("will when it starts (no such file)");
        File.Exists(Unit).ShouldBeTrue();
    }

    [Fact]
    public async Task It_is_ended_once_and_the_host_goes_on()
    {
        _processes.Answer(Reload);
        await SetAsync();

        (await Autostart.EndAsync(Web, Token)).ShouldBe("'web' does not start with this machine any more");

        Directory.EnumerateFiles(Units, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        _processes.Ran[^1].ShouldBe(Reload);
        (await Autostart.EndAsync(Web, Token)).ShouldBe("'web' does not start with this machine");
        (await ListedAsync()).Autostart.ShouldBeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_unit_goes_with_its_host_also_where_that_was_removed_by_hand(bool byHand)
    {
        _processes.Answer(Reload);
        await SetAsync();
        if (byHand)
            Directory.Delete(_services.Store.FolderOf(Web).Path, recursive: true);

        await new HostRemover(_services).RemoveAsync(Web, Token);

        File.Exists(Unit).ShouldBeFalse();
    }

    [Fact]
    public async Task The_unit_of_a_host_of_that_name_in_another_folder_is_left_alone()
    {
        _processes.Answer(Reload);
        await SetAsync();
        var first = File.ReadAllText(Unit);
        var mine = _services;
        _services = mine with { Folders = new LocalFolders(In("others"), In("cache"), In("reports")) };
        await _services.Store.SaveAsync(mine.Store.Load(Web)!, Token);
        _hypervisor.Running = _hypervisor.Running! with { Folder = _services.Store.FolderOf(Web) };

        var refused = await Should.ThrowAsync<ContainerHostException>(SetAsync());

        refused.Message.ShouldContain("was not written for this host");
        (await ListedAsync()).Autostart.ShouldBeFalse();
        await new HostRemover(_services).RemoveAsync(Web, Token);
        File.ReadAllText(Unit).ShouldBe(first);
    }

    [Fact]
    public async Task A_build_without_its_script_is_refused()
    {
        File.Delete(Build);

        (await Should.ThrowAsync<ContainerHostException>(SetAsync())).Message.ShouldContain($"{Build} is not there");

        Directory.Exists(In("home")).ShouldBeFalse();
    }

    private Task<string> SetAsync() => Autostart.SetAsync(Web, Build, Token);

    private async Task<HostOverview> ListedAsync() => (await new HostLister(_services).ListAsync(Token)).Single();
}
