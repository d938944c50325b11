using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Guests.Windows;
using ContainerHost.Waiting;
using Renci.SshNet;

namespace ContainerHost.Tests.Guests;

/// <summary>The shell of Windows guests over a real SSH server and a real PowerShell; what differs from Windows is the server's own shell.</summary>
public sealed class WindowsShellTests(SshServer server) : WindowsShellContract, IClassFixture<SshServer>
{
    private IGuestShell? _shell;

    private protected override IGuestShell Shell => _shell!;

    public override async ValueTask InitializeAsync()
    {
        server.Start();
        _shell = await ConnectAsync(server.Access);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_shell is not null)
            await _shell.DisposeAsync();
        await base.DisposeAsync();
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
    public async Task A_connection_that_a_reboot_ended_is_told_and_made_anew()
    {
        server.Restart();

        var lost = await Should.ThrowAsync<ContainerHostException>(ScriptAsync("'there'"));
        lost.Try.ShouldContain("reconnect");
        await Shell.DisposeAsync();
        _shell = await ConnectAsync(server.Access);

        (await ScriptAsync("'there'")).StandardOutput.ShouldBe("there\n");
    }

    [Fact]
    public async Task A_server_with_another_host_key_is_refused()
    {
        await using var other = new SshServer();
        other.Start();
        var access = server.Access with { Port = other.Access.Port };
        var error = await Should.ThrowAsync<ContainerHostException>(ConnectAsync(access));
        error.Attempted.ShouldContain("trust");
    }

    [Fact]
    public async Task A_file_is_not_handed_to_a_server_that_took_the_place_of_the_guests()
    {
        await using var own = new SshServer();
        own.Start();
        await using var shell = await ConnectAsync(own.Access);
        own.ChangeHostKey();

        var error = await Should.ThrowAsync<ContainerHostException>(
            shell.UploadAsync(Put("secret", "s3cret"), "/nowhere", UnixFileMode.UserRead, Token)
        );

        error.Attempted.ShouldBe("trust the guest's SSH server");
    }

    [Fact]
    public async Task A_guest_that_takes_nothing_more_of_a_file_ends_its_upload()
    {
        await using var own = new SshServer();
        own.Start();
        using var key = new PrivateKeyFile(own.Access.ClientKeyPath);
        using var method = new PrivateKeyAuthenticationMethod(own.Access.User, key);
        var connections = new SshConnections(own.Access, method, "test");
        var upload = new SftpUpload(connections, "test") { Stall = TimeSpan.FromSeconds(2) };
        await RealTool.RunAsync("truncate", "--size", "4G", In("large"));
        var sending = upload.SendAsync(In("large"), In("taken"), Token);
        while (!File.Exists(In("taken")) || new FileInfo(In("taken")).Length == 0)
            await Task.Delay(10, Token);
        own.Freeze();

        var error = await Should.ThrowAsync<DeadlineException>(sending);

        error.Attempted.ShouldContain("the guest takes more of large");
    }

    private async Task<IGuestShell> ConnectAsync(SshAccess access)
    {
        using var key = new PrivateKeyFile(access.ClientKeyPath);
        var dialect = new PowerShellDialect(Folder);
        return await new Poll(TimeProvider.System).UntilAsync<IGuestShell>(
            new Wait("sshd answers", TimeSpan.FromSeconds(20), "look at it"),
            async token =>
            {
                try
                {
                    var method = new PrivateKeyAuthenticationMethod(access.User, key);
                    var shell = await SshGuestShell.ConnectAsync(access, method, "test", token, dialect);
                    return Looks.Found<IGuestShell>(shell);
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
