using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Processes;
using ContainerHost.Runtimes;
using ContainerHost.Specification;
using ContainerHost.Tests.Guests;

namespace ContainerHost.Tests.Hosts.Reach;

/// <summary>What Connect says and sets, with the contexts of the real docker where there is one.</summary>
public sealed class ConnectTests(SshServer server) : ReachTest(server)
{
    [Fact]
    public async Task Docker_goes_by_ssh_where_ssh_finds_the_host()
    {
        await HasAsync(RuntimeKind.Docker);
        await Reach.WriteSshAsync(Token);

        var access = await Reach.ConnectAsync(write: false, Token);

        access.Variables.ShouldBe(new Dictionary<string, string> { ["DOCKER_HOST"] = "ssh://web" });
        Asked.ShouldHaveSingleItem().Arguments.TakeLast(3).ShouldBe(["admin", "docker.service", "/run/docker.sock"]);
        File.Exists(Host.DockerContext).ShouldBeFalse();
    }

    [Fact]
    public async Task Written_it_has_a_context_which_goes_with_the_host()
    {
        RealTool.Require("docker");
        await HasAsync(RuntimeKind.Docker);

        await Reach.ConnectAsync(write: true, Token);
        await Reach.ConnectAsync(write: true, Token);

        (await DockerAsync("context", "inspect", "--format", "{{.Endpoints.docker.Host}}", "web")).ShouldBe(
            "ssh://web\n"
        );
        await new HostRemover(Services).RemoveAsync(Web, Token);
        (await DockerAsync("context", "ls", "--quiet")).ShouldBe("default\n");
        File.Exists(Host.DockerContext).ShouldBeFalse();
        File.Exists(Config).ShouldBeFalse();
    }

    [Fact]
    public async Task A_context_of_the_users_own_stays_his()
    {
        RealTool.Require("docker");
        await HasAsync(RuntimeKind.Docker);
        await DockerAsync("context", "create", "web", "--description", "mine", "--docker", "host=ssh://elsewhere");

        var refused = await Should.ThrowAsync<InvalidInputException>(() => Reach.ConnectAsync(write: true, Token));

        refused.Message.ShouldContain("'mine'");
        await new HostRemover(Services).RemoveAsync(Web, Token);
        (await DockerAsync("context", "inspect", "--format", "{{.Endpoints.docker.Host}}", "web")).ShouldBe(
            "ssh://elsewhere\n"
        );
    }

    [Fact]
    public async Task What_was_set_is_taken_away_while_the_host_stays()
    {
        RealTool.Require("docker");
        await HasAsync(RuntimeKind.Docker);
        await Reach.ConnectAsync(write: true, Token);

        (await Reach.DisconnectAsync(Token)).ShouldBeTrue();

        (await DockerAsync("context", "ls", "--quiet")).ShouldBe("default\n");
        (await Reach.DisconnectAsync(Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_host_without_a_runtime_says_what_installs_one()
    {
        var refused = await Should.ThrowAsync<ContainerHostException>(() => Reach.ConnectAsync(write: true, Token));

        (refused.Saw, refused.Try).ShouldBe(
            ("it has no container runtime", "'./build.sh InstallContainers --name web' installs it.")
        );
        File.Exists(Config).ShouldBeFalse();
    }

    [Fact]
    public async Task A_host_that_is_off_says_how_to_start_it()
    {
        await HasAsync(RuntimeKind.Containerd);
        Port = null;

        (
            await Should.ThrowAsync<ContainerHostException>(() => Reach.ConnectAsync(write: true, Token))
        ).Try.ShouldContain("Start --name web");
    }

    [Theory]
    [InlineData(RuntimeKind.Containerd, "named pipe")]
    [InlineData(RuntimeKind.Docker, "'ssh NAME' does not find the host")]
    internal async Task Of_a_Windows_guest_only_Docker_is_reached_and_that_by_ssh(RuntimeKind runtime, string saw)
    {
        await HasAsync(runtime, Windows);

        var refused = await Should.ThrowAsync<ContainerHostException>(() => Reach.ConnectAsync(write: false, Token));

        refused.Saw.ShouldContain(saw);
    }

    [Fact]
    public async Task A_Windows_guest_with_Docker_is_asked_for_nothing()
    {
        await HasAsync(RuntimeKind.Docker, Windows);
        await Reach.WriteSshAsync(Token);

        (await Reach.ConnectAsync(write: false, Token)).Variables["DOCKER_HOST"].ShouldBe("ssh://web");

        Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_without_an_SSH_server_says_so()
    {
        await MakeAsync(
            Windows,
            state =>
                state with
                {
                    Spec = state.Spec with { Windows = state.Spec.Windows! with { Shell = GuestShellKind.Direct } },
                }
        );

        (await Should.ThrowAsync<ContainerHostException>(() => Reach.GetSshAsync(Token))).Saw.ShouldContain(
            "--guest-shell Direct"
        );
    }

    private static HostRequest Windows =>
        new HostRequest()
            .With("name", "web")
            .With("guest", "windows-server-2022")
            .With("accept-license", "yes")
            .With("iso", "https://example.org/a.iso")
            .With("iso-sha256", new string('0', 64));

    private Task HasAsync(RuntimeKind runtime, HostRequest? request = null) =>
        MakeAsync(
            request ?? new HostRequest().With("name", "web"),
            state => state with { Runtime = new RuntimeInfo(runtime, "1", "unit", []) }
        );

    private Task<string> DockerAsync(params string[] words) =>
        RealTool.RunAsync(
            new Command("docker", words) { Environment = new Dictionary<string, string?> { ["HOME"] = In("home") } }
        );
}
