using System.Text;
using ContainerHost.Errors;
using ContainerHost.Processes;
using ContainerHost.Waiting;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace ContainerHost.Guests;

/// <summary>A guest shell over SSH (SSH.NET): key log-in, one accepted host key, commands run as administrator in the guest's dialect.</summary>
internal sealed class SshGuestShell : IGuestShell
{
    private readonly SshClient _client;
    private readonly IRemoteDialect _dialect;
    private readonly string _host;

    private SshGuestShell(SshClient client, IRemoteDialect dialect, string host)
    {
        _client = client;
        _dialect = dialect;
        _host = host;
    }

    /// <summary>Connects once; a host key other than the pinned one is refused before anything is sent.</summary>
    public static async Task<SshGuestShell> ConnectAsync(
        SshAccess access,
        AuthenticationMethod method,
        string host,
        CancellationToken cancellationToken,
        IRemoteDialect? dialect = null
    )
    {
        var connection = new ConnectionInfo(access.Address, access.Port, access.User, method)
        {
            Timeout = TimeLimits.SshAttempt,
            Encoding = Encoding.UTF8,
        };
        var client = new SshClient(connection) { KeepAliveInterval = TimeSpan.FromSeconds(15) };
        // As "ssh-ed25519 AAAA...".
        var pinned = Convert.FromBase64String(access.HostPublicKey.Split(' ')[1]);
        var refused = false;
        client.HostKeyReceived += (_, offered) =>
        {
            offered.CanTrust = offered.HostKey.AsSpan().SequenceEqual(pinned);
            refused |= !offered.CanTrust;
        };
        try
        {
            await client.ConnectAsync(cancellationToken);
            return new SshGuestShell(client, dialect ?? access.System.Dialect, host);
        }
        catch (SshConnectionException) when (refused)
        {
            client.Dispose();
            throw new ContainerHostException(
                "trust the guest's SSH server",
                $"{access.Place} shows another host key than the one made for this guest",
                "find out what listens there; if the guest was tampered with, make it anew with --recreate.",
                host
            );
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public async Task<CommandResult> RunAsync(Command command, TimeSpan timeLimit, CancellationToken cancellationToken)
    {
        var (line, input) = _dialect.Render(command);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeLimit);
        try
        {
            using var ssh = _client.CreateCommand(line);
            var running = ssh.ExecuteAsync(limit.Token);
            await SendInputAsync(ssh, input, limit.Token);
            await running;
            return new CommandResult(ssh.ExitStatus ?? -1, ssh.Result, ssh.Error);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeadlineException(
                $"'{Shorten(command)}' ends in the guest",
                timeLimit,
                "it still runs",
                "log in with the target Shell and look at it.",
                _host
            );
        }
        catch (Exception exception)
            when (exception is SshException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            throw Lost($"run '{Shorten(command)}' in the guest", exception);
        }
    }

    public async Task UploadAsync(
        string localPath,
        string guestPath,
        UnixFileMode mode,
        CancellationToken cancellationToken
    )
    {
        var temporary = _dialect.NewUploadPath();
        try
        {
            using var sftp = new SftpClient(_client.ConnectionInfo) { BufferSize = 256 * 1024 };
            await sftp.ConnectAsync(cancellationToken);
            await using (var content = File.OpenRead(localPath))
            await using (
                var target = await sftp.OpenAsync(temporary, FileMode.CreateNew, FileAccess.Write, cancellationToken)
            )
                await content.CopyToAsync(target, 256 * 1024, cancellationToken);
        }
        catch (Exception exception) when (exception is SshException or System.Net.Sockets.SocketException)
        {
            throw Lost($"copy {Path.GetFileName(localPath)} into the guest", exception);
        }
        var place = _dialect.Place(temporary, guestPath, mode);
        await this.RunCheckedAsync(place, $"put {guestPath} into the guest", cancellationToken);
    }

    public Task<GuestPort?> ForwardAsync(int port, CancellationToken cancellationToken) =>
        Task.Run<GuestPort?>(
            () =>
            {
                const string loopback = "127.0.0.1";
                // The guest chooses a port that is free there (RFC 4254, 7.1).
                var forwarded = new ForwardedPortRemote(loopback, 0, loopback, (uint)port);
                try
                {
                    _client.AddForwardedPort(forwarded);
                    forwarded.Start();
                    return new GuestPort((int)forwarded.BoundPort, () => Close(forwarded));
                }
                catch (SshException refused)
                {
                    Close(forwarded);
                    // Else AllowTcpForwarding is off.
                    return _client.IsConnected ? null : throw Lost("forward a port of the guest", refused);
                }
            },
            cancellationToken
        );

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    // Standard input is always closed, so that a command which reads it ends.
    private static async Task SendInputAsync(SshCommand ssh, string text, CancellationToken cancellationToken)
    {
        try
        {
            await using var input = ssh.CreateInputStream();
            if (text.Length > 0)
                await input.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or SshException or ObjectDisposedException)
        {
            // The command ended before it read its input; its exit code tells more than this would.
        }
    }

    private static void Close(ForwardedPortRemote forwarded)
    {
        try
        {
            forwarded.Dispose();
        }
        catch (Exception exception)
            when (exception is SshException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // The connection is gone, and the port with it; the error that ended it must not be hidden.
        }
    }

    private ContainerHostException Lost(string attempted, Exception exception) =>
        new(
            attempted,
            exception.Message,
            "see whether the machine runs with the target Status; run the target again to reconnect.",
            _host,
            exception
        );

    private static string Shorten(Command command) =>
        command.ToString() is { Length: > 120 } text ? text[..117] + "..." : command.ToString();
}
