using System.Net;
using System.Net.Sockets;
using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Tests.Hosts.Ports;
using Renci.SshNet;

namespace ContainerHost.Tests.Guests;

/// <summary>Commands over a real SSH server, one after another in the session that stays open, are as faithful as each in one of its own.</summary>
public sealed class PosixSessionTests(SshServer server) : FolderTest, IClassFixture<SshServer>
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    public static TheoryData<string, string, CommandResult> Commands =>
        new()
        {
            { "printf out; printf err >&2", "", new CommandResult(0, "out", "err") },
            { "echo \"it's\"; exit 3", "", new CommandResult(3, "it's\n", "") },
            { "cat", "no end of line", new CommandResult(0, "no end of line", "") },
            {
                "cat",
                "'quoted' \"twice\" $HOME `x` \\n %d\r\nné\n\n",
                new CommandResult(0, "'quoted' \"twice\" $HOME `x` \\n %d\r\nné\n\n", "")
            },
            { "cat; echo ended", "", new CommandResult(0, "ended\n", "") },
            { "kill -KILL $$", "", new CommandResult(137, "", "Killed\n") },
            { "cd /; umask 0; trap : TERM; exit 0", "unread", new CommandResult(0, "", "") },
            {
                "head -c 3000000 /dev/zero | tr '\\0' a; head -c 1000000 /dev/zero | tr '\\0' b >&2",
                "",
                new CommandResult(0, new string('a', 3_000_000), new string('b', 1_000_000))
            },
            { "wc -c", new string('x', 1_000_000), new CommandResult(0, "1000000\n", "") },
            { "no-such-program", "", new CommandResult(127, "", "sh: 1: no-such-program: not found\n") },
        };

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_tells_its_outputs_and_exit_code_as_they_are(
        string line,
        string input,
        CommandResult told
    )
    {
        await using var shell = await ConnectAsync();
        var command = new Command("sh", "-c", line) { StandardInput = input };

        (await shell.RunAsync(command, Long, Token)).ShouldBe(told);
        (await shell.RunAsync(new Command("sh", "-c", "pwd; umask"), Long, Token)).StandardOutput.ShouldBe(
            $"{Environment.GetEnvironmentVariable("HOME")}\n0022\n"
        );
    }

    [Fact]
    public async Task One_command_after_another_runs_below_the_same_shell_and_one_beside_it_does_not()
    {
        await using var shell = await ConnectAsync();
        var parent = new Command("sh", "-c", "echo $PPID");

        var first = await AskAsync(shell, parent);
        var long1 = shell.RunAsync(new Command("sh", "-c", "sleep 1; echo first"), Long, Token);
        var beside = await AskAsync(shell, parent);
        var second = await AskAsync(shell, new Command("echo", "second"));

        (await long1).StandardOutput.ShouldBe("first\n");
        second.ShouldBe("second\n");
        beside.ShouldNotBe(first);
        (await AskAsync(shell, parent)).ShouldBe(first);
        shell.Renew();
        (await AskAsync(shell, parent)).ShouldNotBe(first);
    }

    [Fact]
    public async Task A_command_that_does_not_end_is_given_up_and_the_next_has_an_answer_of_its_own()
    {
        await using var shell = await ConnectAsync();
        var endless = new Command("sh", "-c", $"echo left; echo $$ > {In("id")}; exec sleep 600");

        var error = await Should.ThrowAsync<DeadlineException>(shell.RunAsync(endless, TimeSpan.FromSeconds(1), Token));

        error.Attempted.ShouldContain("sleep 600");
        (await AskAsync(shell, new Command("echo", "next"))).ShouldBe("next\n");
        var left = await File.ReadAllTextAsync(In("id"), Token);
        await AskAsync(shell, new Command("kill", left.Trim()));
    }

    [Fact]
    public async Task A_session_that_a_command_ends_tells_what_it_said_and_the_next_command_has_another()
    {
        await using var shell = await ConnectAsync();

        // The session's shell is the parent of the one that runs the command.
        var ended = await shell.RunAsync(new Command("sh", "-c", "echo last words; kill -KILL $PPID"), Long, Token);

        ended.Succeeded.ShouldBeFalse();
        ended.StandardOutput.ShouldBe("last words\n");
        (await AskAsync(shell, new Command("echo", "next"))).ShouldBe("next\n");
    }

    [Fact]
    public async Task A_session_that_ended_between_two_commands_fails_neither()
    {
        await using var shell = await ConnectAsync();
        var id = await AskAsync(shell, new Command("sh", "-c", "echo $PPID"));
        await RealTool.RunAsync("kill", "-KILL", id.Trim());
        while (Directory.Exists($"/proc/{id.Trim()}"))
            await Task.Delay(10, Token);
        // What the server tells of it is on its way.
        await Task.Delay(500, Token);

        (await AskAsync(shell, new Command("echo", "next"))).ShouldBe("next\n");
    }

    [Fact]
    public async Task A_connection_that_is_lost_under_a_command_is_an_error_that_names_it()
    {
        await using var own = new SshServer();
        own.Start();
        await using var shell = await ConnectAsync(own);
        var running = shell.RunAsync(new Command("sh", "-c", $"echo > {In("runs")}; sleep 600"), Long, Token);
        while (!File.Exists(In("runs")))
            await Task.Delay(10, Token);

        own.Restart();

        (await Should.ThrowAsync<ContainerHostException>(running)).Attempted.ShouldContain("sleep 600");
    }

    [Fact]
    public async Task A_port_here_leads_to_one_of_the_guest_until_it_is_closed()
    {
        await using var shell = await ConnectAsync();
        using var service = new TcpListener(IPAddress.Loopback, 0);
        service.Start();
        var number = FreePort.Next();
        var port = (await shell.ListenAsync(number, ((IPEndPoint)service.LocalEndpoint).Port, Token))!;

        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, number, Token);
            using var served = await service.AcceptTcpClientAsync(Token);
            await served.GetStream().WriteAsync("here\n"u8.ToArray(), Token);
            using var reader = new StreamReader(client.GetStream());
            (await reader.ReadLineAsync(Token)).ShouldBe("here");
        }
        // Nobody has it twice.
        (await shell.ListenAsync(number, 22, Token)).ShouldBeNull();
        port.Dispose();
        using var late = new TcpClient();
        await Should.ThrowAsync<SocketException>(late.ConnectAsync(IPAddress.Loopback, number, Token).AsTask());
    }

    private static async Task<string> AskAsync(IGuestShell shell, Command command) =>
        await shell.RunCheckedAsync(command, "ask", Token);

    private Task<SshGuestShell> ConnectAsync() => ConnectAsync(server);

    private static async Task<SshGuestShell> ConnectAsync(SshServer to)
    {
        to.Start();
        using var key = new PrivateKeyFile(to.Access.ClientKeyPath);
        var method = new PrivateKeyAuthenticationMethod(to.Access.User, key);
        return await SshGuestShell.ConnectAsync(to.Access, method, "test", Token, new PosixDialect());
    }
}
