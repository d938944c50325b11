using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Guests.Windows;
using ContainerHost.Processes;
using ContainerHost.Waiting;
using Renci.SshNet;

namespace ContainerHost.Tests.Guests;

/// <summary>The shell of Windows guests over a real SSH server and a real PowerShell; what differs from Windows is the server's own shell.</summary>
public sealed class WindowsShellTests(SshServerFixture fixture) : IClassFixture<SshServerFixture>, IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private SshServer _server = null!;
    private IGuestShell _shell = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = fixture.Server;
        _shell = await ConnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_shell is not null)
            await _shell.DisposeAsync();
    }

    [Fact]
    public async Task A_script_gets_its_words_and_answers_in_unicode()
    {
        string[] words = ["a b", "", "\"quoted\"", "$env:HOME `n", "größe 容器", "-x", "'", "a;b|c&d"];
        var script = "param([string[]] $Words) foreach ($word in $args) { \"<$word>\" }";
        var result = await ScriptAsync(
            script.Replace("param([string[]] $Words) ", "", StringComparison.Ordinal),
            words
        );
        result
            .StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(words.Select(word => $"<{word}>"));
        result.ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("throw 'no'", 1)]
    [InlineData("Get-Item -LiteralPath '/no/such/file'", 1)]
    [InlineData("this is no PowerShell (", 1)]
    public async Task The_exit_code_is_the_scripts_own(string script, int code)
    {
        var result = await ScriptAsync(script);
        result.ExitCode.ShouldBe(code, result.StandardError);
        if (code == 1)
            result.StandardError.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_error_is_told_as_text_with_its_place()
    {
        var result = await ScriptAsync("throw 'the disk is größer'");
        result.StandardError.ShouldStartWith("the disk is größer");
        result.StandardError.ShouldNotContain("CLIXML");
        result.StandardOutput.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_program_gets_its_arguments_and_input_and_hands_on_its_outputs()
    {
        var command = new Command(
            "sh",
            "-c",
            "printf '%s|' \"$@\"; cat; echo wrong >&2; exit 3",
            "sh",
            "a b",
            "",
            "c\"d\\"
        )
        {
            StandardInput = "größe\n",
        };
        var result = await _shell.RunAsync(command, Limit, Token);
        result.ShouldBe(new CommandResult(3, "a b||c\"d\\|größe\n", "wrong\n"));
    }

    [Fact]
    public async Task Much_output_on_both_streams_at_once_arrives_whole()
    {
        var command = new Command("sh", "-c", "seq 1 60000; seq 1 60000 >&2");
        var result = await _shell.RunAsync(command, Limit, Token);
        result.StandardOutput.ShouldEndWith("\n60000\n");
        result.StandardError.Length.ShouldBe(result.StandardOutput.Length);
    }

    [Fact]
    public async Task A_program_that_does_not_read_its_input_ends_well()
    {
        var command = new Command("true") { StandardInput = new string('x', 500_000) };
        (await _shell.RunAsync(command, Limit, Token)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_secret_in_the_input_is_in_no_process_arguments()
    {
        var script =
            "[System.IO.Directory]::GetDirectories('/proc') | ForEach-Object { try { [System.IO.File]::ReadAllText(\"$_/cmdline\") } catch { } }";
        var result = await ScriptAsync(script, "s3cret-word");
        result.StandardOutput.ShouldContain("EncodedCommand");
        result.StandardOutput.ShouldNotContain("s3cret-word");
    }

    [Fact]
    public async Task A_file_is_put_into_its_place_folders_included()
    {
        var (from, to) = (
            Path.Combine(_server.Folder, "from"),
            Path.Combine(_server.Folder, "new", "folder", "to file")
        );
        var content = new byte[300_000];
        Random.Shared.NextBytes(content);
        await File.WriteAllBytesAsync(from, content, Token);

        await _shell.UploadAsync(from, to, UnixFileMode.UserRead, Token);
        await _shell.UploadAsync(from, to, UnixFileMode.UserRead, Token);

        (await File.ReadAllBytesAsync(to, Token)).ShouldBe(content);
        Directory.GetFiles(_server.Folder, "upload-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_script_that_does_not_end_in_time_is_named()
    {
        var command = new GuestScript(GuestScript.PowerShell, "Start-Sleep -Seconds 60").ToCommand([]);
        await Should.ThrowAsync<DeadlineException>(_shell.RunAsync(command, TimeSpan.FromSeconds(1), Token));
    }

    [Fact]
    public async Task A_connection_that_a_reboot_ended_is_told_and_made_anew()
    {
        _server.Restart();

        var lost = await Should.ThrowAsync<ContainerHostException>(ScriptAsync("'there'"));
        lost.Try.ShouldContain("reconnect");
        await _shell.DisposeAsync();
        _shell = await ConnectAsync();

        (await ScriptAsync("'there'")).StandardOutput.ShouldBe("there\n");
    }

    [Fact]
    public async Task A_server_with_another_host_key_is_refused()
    {
        await using var other = SshServer.Start();
        var access = _server.Access with { Port = other.Access.Port };
        var error = await Should.ThrowAsync<ContainerHostException>(ConnectAsync(access));
        error.Attempted.ShouldContain("trust");
    }

    private Task<CommandResult> ScriptAsync(string script, params IReadOnlyList<string> words) =>
        _shell.RunAsync(new GuestScript(GuestScript.PowerShell, script).ToCommand(words), Limit, Token);

    private async Task<IGuestShell> ConnectAsync(SshAccess? access = null)
    {
        var wanted = access ?? _server.Access;
        using var key = new PrivateKeyFile(wanted.ClientKeyPath);
        var dialect = new PowerShellDialect(_server.Folder);
        return await new Poll(TimeProvider.System).UntilAsync<IGuestShell>(
            new Wait("sshd answers", TimeSpan.FromSeconds(20), "look at it"),
            async token =>
            {
                try
                {
                    var method = new PrivateKeyAuthenticationMethod(wanted.User, key);
                    return Looks.Found<IGuestShell>(
                        await SshGuestShell.ConnectAsync(wanted, method, "test", token, dialect)
                    );
                }
                catch (System.Net.Sockets.SocketException refused)
                {
                    return Looks.NotYet<IGuestShell>(refused.Message);
                }
            },
            Token
        );
    }
}
