using System.Diagnostics;
using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Reach;
using ContainerHost.Processes;
using ContainerHost.Tests.Guests;

namespace ContainerHost.Tests.Hosts.Reach;

/// <summary>An engine's socket through a real SSH server, used by the real docker where there is one.</summary>
public sealed class EngineForwardTests(SshServer server) : ReachTest(server)
{
    private readonly Guid _mark = Guid.NewGuid();

    private EngineForward Forward => new(Services, Host, _mark);

    private EngineSocket Engine => new(In("engine.sock"), "docker.service");

    public override async ValueTask DisposeAsync()
    {
        await Forward.EndAsync(CancellationToken.None);
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Docker_reaches_the_engine_by_the_socket()
    {
        RealTool.Require("docker");
        await using var engine = await FakeEngine.StartAsync(Engine.Path);

        var socket = await OpenAsync();

        (await VersionAsync($"unix://{socket}")).ShouldBe("99.1\n");
        new FileInfo(socket).UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Docker_reaches_it_by_the_hosts_name_too()
    {
        RealTool.Require("docker");
        await using var engine = await FakeEngine.StartAsync(Engine.Path);
        await Reach.WriteSshAsync(Token);
        // OpenSSH reads the configuration of the user database's home, and logs in to this machine as whoever runs the tests.
        var ssh = Put("bin/ssh", $"#!/bin/sh\nexec {WhereIs("ssh")} -F '{Config}' -l {Environment.UserName} \"$@\"\n");
        await RealTool.RunAsync("chmod", "755", ssh);

        (
            await VersionAsync($"ssh://web{Engine.Path}", $"{In("bin")}:{Environment.GetEnvironmentVariable("PATH")}")
        ).ShouldBe("99.1\n");
    }

    [Fact]
    public async Task One_that_works_is_used_again_and_one_that_was_killed_is_made_anew()
    {
        await using var engine = await FakeEngine.StartAsync(Engine.Path);
        await OpenAsync();
        var first = Forward.Find().ShouldNotBeNull();

        await OpenAsync();
        Forward.Find().ShouldBe(first);

        using (var process = Process.GetProcessById(first.Id))
            process.Kill();
        while (first.IsAlive)
            await Task.Delay(10, Token);
        await OpenAsync();
        Forward.Find().ShouldNotBeNull().Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public async Task It_ends_with_the_machine_by_itself()
    {
        await using var engine = await FakeEngine.StartAsync(Engine.Path);
        await OpenAsync();
        var running = Forward.Find().ShouldNotBeNull();

        Server.Restart();

        for (var left = 100; running.IsAlive && left > 0; left--)
            await Task.Delay(100, Token);
        running.IsAlive.ShouldBeFalse();
    }

    [Fact]
    public async Task It_ends_when_it_is_asked_to_and_that_twice()
    {
        await using var engine = await FakeEngine.StartAsync(Engine.Path);
        var socket = await OpenAsync();

        await Forward.EndAsync(Token);
        await Forward.EndAsync(Token);

        Forward.Find().ShouldBeNull();
        File.Exists(socket).ShouldBeFalse();
    }

    [Fact]
    public async Task It_ends_before_its_host_is_removed()
    {
        await using var engine = await FakeEngine.StartAsync(Engine.Path);
        var state = Services.Store.Load(Web).ShouldNotBeNull();
        await Services.Store.SaveAsync(state with { InstanceId = _mark }, Token);
        await OpenAsync();

        await new HostRemover(Services).RemoveAsync(Web, Token);

        Forward.Find().ShouldBeNull();
    }

    [Fact]
    public async Task Where_nothing_listens_that_is_told_and_nothing_is_left()
    {
        var refused = await Should.ThrowAsync<ContainerHostException>(OpenAsync);

        refused.Saw.ShouldContain($"nothing answers at {Engine.Path}");
        refused.Try.ShouldContain("systemctl status docker.service");
        Forward.Find().ShouldBeNull();
    }

    [Fact]
    public async Task Another_server_at_its_place_is_not_trusted()
    {
        await File.WriteAllTextAsync(
            Host.KnownHosts,
            "web ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
            Token
        );

        var refused = await Should.ThrowAsync<ContainerHostException>(OpenAsync);

        refused.Saw.ShouldContain("Host key verification failed");
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_is_refused()
    {
        var deep = Services with { Folders = Services.Folders with { HostsDirectory = In(new string('d', 90)) } };
        var entry = await Reach.GetSshAsync(Token);

        var refused = await Should.ThrowAsync<InvalidInputException>(() =>
            new EngineForward(deep, deep.Store.FolderOf(Web), _mark).EnsureAsync(entry, Engine, Token)
        );

        refused.Message.ShouldContain("--hosts-directory");
    }

    private async Task<string> OpenAsync()
    {
        var entry = await Reach.GetSshAsync(Token) with { User = Environment.UserName };
        return await Forward.EnsureAsync(entry, Engine, Token);
    }

    private Task<string> VersionAsync(string host, string? path = null) =>
        RealTool.RunAsync(
            new Command("docker", "-H", host, "version", "--format", "{{.Server.Version}}")
            {
                Environment = new Dictionary<string, string?>
                {
                    ["HOME"] = In("home"),
                    ["PATH"] = path ?? Environment.GetEnvironmentVariable("PATH"),
                },
            }
        );

    private static string WhereIs(string program) =>
        Environment
            .GetEnvironmentVariable("PATH")!
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .First(File.Exists);
}
