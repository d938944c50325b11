using System.Diagnostics;
using System.Globalization;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Hosts.Ports;
using ContainerHost.Processes;
using ContainerHost.Specification;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts.Ports;

public sealed class PublishedPortsTests : FolderTest
{
    // iptables-save of a guest with a container of Docker's (8081), and one of nerdctl's with two ports (CNI's portmap).
    private const string Rules = """
        *nat
        :PREROUTING ACCEPT [0:0]
        -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
        -A POSTROUTING -s 172.17.0.2/32 -d 172.17.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE
        -A DOCKER -i docker0 -j RETURN
        -A DOCKER ! -i docker0 -p tcp -m tcp --dport 8081 -j DNAT --to-destination 172.17.0.2:80
        -A DOCKER ! -i docker0 -p udp -m udp --dport 5353 -j DNAT --to-destination 172.17.0.2:53
        -A CNI-HOSTPORT-DNAT -p tcp -m comment --comment "dnat name: \"bridge\" id: \"nginx\"" -m multiport --dports 8443,8080 -j CNI-DN-9e1a4f
        -A CNI-DN-9e1a4f -s 10.4.0.0/24 -p tcp -m tcp --dport 8443 -j CNI-HOSTPORT-SETMARK
        -A CNI-DN-9e1a4f -p tcp -m tcp --dport 8443 -j DNAT --to-destination 10.4.0.2:443
        -A CNI-DN-9e1a4f -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.4.0.2:80
        COMMIT

        """;

    // In a network of its own, with the kernel's own rules, which root alone may have.
    [Fact]
    public async Task A_kernel_tells_each_change_of_its_rules()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root may make a network of its own");
        RealTool.Require("iptables");
        var text = EmbeddedText.Load("Hosts.Ports.published.py").Replace("PAUSE = 2", "PAUSE = 3600");
        const string rule =
            "iptables -t nat -A PREROUTING -p tcp -m tcp --dport 8081 -j DNAT --to-destination 10.9.9.9:80";
        var script = Put("published.py", text);
        string[] words = ["--net", "sh", "-c", $"{rule} && exec /usr/bin/python3 '{script}'"];
        using var python = new Process { StartInfo = new ProcessStartInfo("unshare", words) };
        python.StartInfo.RedirectStandardOutput = true;
        python.Start();

        (await python.StandardOutput.ReadLineAsync(Token)).ShouldBe("[8081]");
        await RealTool.RunAsync("nsenter", $"--net=/proc/{python.Id}/ns/net", "iptables", "-t", "nat", "-F");
        (await python.StandardOutput.ReadLineAsync(Token)).ShouldBe("[]");

        python.Kill();
        await python.WaitForExitAsync(Token);
    }

    [Fact]
    public async Task A_guest_tells_what_docker_and_nerdctl_publish_whenever_it_changes()
    {
        var rules = Put("rules", Rules);
        Put("bin/iptables-save", $"#!/bin/sh\ncat '{rules}'\n");
        Put("bin/iptables", "#!/bin/sh\necho 'iptables v1.8.9 (legacy)'\n");
        await RealTool.RunAsync("chmod", "+x", In("bin/iptables-save"), In("bin/iptables"));
        var script = Put("published.py", EmbeddedText.Load("Hosts.Ports.published.py"));
        RealTool.Require("python3");
        using var python = new Process { StartInfo = new ProcessStartInfo("python3", [script]) };
        python.StartInfo.RedirectStandardOutput = true;
        python.StartInfo.Environment["PATH"] = $"{In("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        python.Start();

        (await python.StandardOutput.ReadLineAsync(Token)).ShouldBe("[8080, 8081, 8443]");
        Put("rules", "*nat\nCOMMIT\n");
        (await python.StandardOutput.ReadLineAsync(Token)).ShouldBe("[]");

        python.Kill();
        await python.WaitForExitAsync(Token);
    }

    [Fact]
    public async Task Ports_lead_to_the_guest_for_as_long_as_they_are_published()
    {
        var (first, second) = (FreePort.Next(), FreePort.Next());
        var guest = new Guest([$"[{first}]", $"[{first}, {second}]", $"[{second}]"]);

        await FollowAsync(guest);

        guest.Calls.ShouldBe([$"+{first}", $"+{second}", $"-{first}", $"-{second}"]);
    }

    [Fact]
    public async Task One_that_somebody_has_here_is_left_out()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var (port, other) = (((System.Net.IPEndPoint)taken.LocalEndpoint).Port, FreePort.Next());
        var guest = new Guest([$"[{port}, {other}]", $"[{port}, {other}]"]);

        await FollowAsync(guest);

        guest.Calls.ShouldBe([$"+{other}", $"-{other}"]);
    }

    [Fact]
    public async Task One_that_is_free_later_leads_there_then()
    {
        var port = FreePort.Next();
        var guest = new Guest([$"[{port}]", $"[{port}]", $"[{port}]"], refused: 1);

        await FollowAsync(guest);

        guest.Calls.ShouldBe([$"+{port}", $"+{port}", $"-{port}"]);
    }

    [Fact]
    public async Task A_guest_that_tells_no_more_is_an_error_with_its_words()
    {
        var guest = new Guest([]);

        (await FollowAsync(guest)).Saw.ShouldBe("iptables-save: not found");
    }

    private static Task<ContainerHostException> FollowAsync(Guest guest) =>
        Should.ThrowAsync<ContainerHostException>(
            new PublishedPorts(
                guest,
                HostName.TryParse("web", out var name) ? name : default!,
                Logger.None
            ).FollowAsync(Token)
        );

    private sealed class Guest(IReadOnlyList<string> lines, int refused = 0) : IGuestShell
    {
        private int _refused = refused;

        public List<string> Calls { get; } = [];

        public Task<CommandResult> RunAsync(Command command, TimeSpan timeLimit, CancellationToken cancellationToken) =>
            Task.FromResult(new CommandResult(1, string.Join('\n', lines), "Traceback\niptables-save: not found\n"));

        public Task UploadAsync(
            string localPath,
            string guestPath,
            UnixFileMode mode,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<GuestPort?> ListenAsync(int port, int guestPort, CancellationToken cancellationToken)
        {
            guestPort.ShouldBe(port);
            Calls.Add(string.Create(CultureInfo.InvariantCulture, $"+{port}"));
            return Task.FromResult(
                _refused-- > 0
                    ? null
                    : new GuestPort(port, () => Calls.Add(string.Create(CultureInfo.InvariantCulture, $"-{port}")))
            );
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
