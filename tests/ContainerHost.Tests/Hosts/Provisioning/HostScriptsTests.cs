using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Guests.Debian;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Provisioning;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Tests.Prerequisites;
using ContainerHost.Tests.Verification;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts.Provisioning;

/// <summary>Scripts run once each, in their order; what they print is kept, and one that fails is told with its line and its last words.</summary>
public sealed class HostScriptsTests : FolderTest
{
    private readonly HostServices _services;
    private readonly List<string> _ran = [];
    private CommandResult _result = new(0, "", "");

    public HostScriptsTests() =>
        _services = new()
        {
            Folders = new LocalFolders(In("hosts"), In("cache"), In("reports")),
            HypervisorFor = _ => new FakeHypervisor(),
            Log = Logger.None,
            Guests = null!,
            Processes = null!,
            Media = null!,
            Artifacts = null!,
            Releases = null!,
        };

    [Fact]
    public async Task A_script_runs_once_and_again_when_it_was_changed_or_another_user_is_to_run_it()
    {
        using var session = await BeginAsync();
        UserScript[] scripts = [new("/a.sh", "one"), new("/a.sh b.sh", "two")];

        await RunLeftAsync(session, scripts);
        await RunLeftAsync(session, scripts);
        await RunLeftAsync(session, [scripts[0] with { Text = "changed" }, scripts[1]]);
        await RunLeftAsync(session, scripts[1..], asUser: true);

        _ran.ShouldBe(["a.sh root", "a.sh b.sh root", "a.sh root", "a.sh b.sh admin"]);
        _services.Store.Load(HostName.Default)!.Provisioned!.Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_it_prints_is_kept_harmless()
    {
        using var session = await BeginAsync();
        _result = new(0, "one\n\u001b[2Jtwo\n", "");

        await RunLeftAsync(session, [new("/a.sh", "one")]);

        Read($"reports/{HostName.Default}/provision/a.sh.log").ShouldBe("one\n␛[2Jtwo\n");
    }

    [Fact]
    public async Task One_that_fails_ends_it_and_the_next_run_goes_on_from_there()
    {
        using var session = await BeginAsync();
        UserScript[] scripts = [new("/a.sh", "one"), new("/b.sh", "two"), new("/c.sh", "three")];
        await RunLeftAsync(session, scripts[..1]);
        _result = new(4, string.Join('\n', Enumerable.Range(1, 30)), "4 line 12\n");

        var error = await Should.ThrowAsync<ContainerHostException>(RunLeftAsync(session, scripts));

        error.Attempted.ShouldBe("run /b.sh in the guest");
        error.Saw.ShouldStartWith("exit code 4, in line 12\n16\n17\n");
        error.Saw.ShouldEndWith($"30\nall of it: {In("reports", $"{HostName.Default}", "provision", "b.sh.log")}");
        _result = new(0, "", "");
        await RunLeftAsync(session, scripts);
        _ran.ShouldBe(["a.sh root", "b.sh root", "b.sh root", "c.sh root"]);
    }

    private async Task RunLeftAsync(HostSession session, IReadOnlyList<UserScript> scripts, bool asUser = false)
    {
        var host = new HostScripts(_services, session, new FakeHypervisor(), new DebianGuest(), asUser);
        await using var shell = new FakeGuestShell(command =>
        {
            _ran.Add($"{Path.GetFileName(command.Arguments[^2])} {command.Arguments[^1]}");
            return _result;
        });
        await host.RunAsync(host.LeftOf(scripts), shell, Token);
    }

    private async Task<HostSession> BeginAsync()
    {
        var session = new HostSession(_services.Store, HostName.Default, TimeProvider.System, Logger.None);
        await session.SaveAsync(
            new HostState
            {
                Spec = new HostRequest().ToSpec(),
                InstanceId = Guid.NewGuid(),
                CreatedAt = DateTimeOffset.UnixEpoch,
            },
            Token
        );
        return session;
    }
}
