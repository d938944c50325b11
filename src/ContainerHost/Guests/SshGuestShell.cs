using System.Net.Sockets;
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
    private const string Loopback = "127.0.0.1";

    private readonly SshConnections _connections;
    private readonly SshClient _client;
    private readonly IRemoteDialect _dialect;
    private readonly string _host;
    private readonly SemaphoreSlim _free = new(1);
    private AdministratorSession? _session;

    private SshGuestShell(SshConnections connections, SshClient client, IRemoteDialect dialect, string host)
    {
        _connections = connections;
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
        var connections = new SshConnections(access, method, host);
        var client = await connections.OpenAsync(cancellationToken);
        return new SshGuestShell(connections, client, dialect ?? access.System.Dialect, host);
    }

    public Task<CommandResult> RunAsync(Command command, TimeSpan timeLimit, CancellationToken cancellationToken) =>
        LimitAsync(command, timeLimit, token => RunAsync(command, token), cancellationToken);

    public Task<CommandResult> RunAsync(
        Command command,
        TimeSpan timeLimit,
        Action<string> told,
        CancellationToken cancellationToken
    ) => LimitAsync(command, timeLimit, token => RunAloneAsync(command, token, told), cancellationToken);

    public Task<CommandResult> FollowAsync(Command command, Action<string> told, CancellationToken cancellationToken) =>
        LimitAsync(
            command,
            Timeout.InfiniteTimeSpan,
            token => RunWithOpenInputAsync(command, told, token),
            cancellationToken
        );

    private async Task<CommandResult> LimitAsync(
        Command command,
        TimeSpan timeLimit,
        Func<CancellationToken, Task<CommandResult>> run,
        CancellationToken cancellationToken
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeLimit);
        try
        {
            return await run(limit.Token);
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
        catch (Exception exception) when (exception is SshException or SocketException or ObjectDisposedException)
        {
            throw Lost($"run '{Shorten(command)}' in the guest", exception);
        }
    }

    public void Renew() => Interlocked.Exchange(ref _session, null)?.Dispose();

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
            await new SftpUpload(_connections, _host).SendAsync(localPath, temporary, cancellationToken);
        }
        catch (Exception exception) when (exception is SshException or SocketException or ObjectDisposedException)
        {
            throw Lost($"copy {Path.GetFileName(localPath)} into the guest", exception);
        }
        var place = _dialect.Place(temporary, guestPath, mode);
        await this.RunCheckedAsync(place, $"put {guestPath} into the guest", cancellationToken);
    }

    // The guest chooses a port that is free there (RFC 4254, 7.1).
    public Task<GuestPort?> ForwardAsync(int port, CancellationToken cancellationToken) =>
        OpenAsync(
            new ForwardedPortRemote(Loopback, 0, Loopback, (uint)port),
            port => port.BoundPort,
            "forward a port of the guest",
            cancellationToken
        );

    public Task<GuestPort?> ListenAsync(int port, int guestPort, CancellationToken cancellationToken) =>
        OpenAsync(
            new ForwardedPortLocal(Loopback, (uint)port, Loopback, (uint)guestPort),
            port => port.BoundPort,
            "forward a port to the guest",
            cancellationToken
        );

    private Task<GuestPort?> OpenAsync<T>(
        T forwarded,
        Func<T, uint> number,
        string attempted,
        CancellationToken cancellationToken
    )
        where T : ForwardedPort =>
        Task.Run<GuestPort?>(
            () =>
            {
                try
                {
                    _client.AddForwardedPort(forwarded);
                    forwarded.Start();
                    return new GuestPort((int)number(forwarded), () => Close(forwarded));
                }
                catch (SshException refused)
                {
                    Close(forwarded);
                    // Else AllowTcpForwarding is off.
                    return _client.IsConnected ? null : throw Lost(attempted, refused);
                }
                // Somebody has the port here, or only root may have it.
                catch (SocketException taken)
                    when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
                {
                    Close(forwarded);
                    return null;
                }
            },
            cancellationToken
        );

    public ValueTask DisposeAsync()
    {
        Renew();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    // What runs beside another command has a session of its own, as has input that no line of a shell can carry.
    private async Task<CommandResult> RunAsync(Command command, CancellationToken cancellationToken)
    {
        if (
            _dialect.Session is not { } line
            || command.StandardInput.Contains('\0', StringComparison.Ordinal)
            || !_free.Wait(0, cancellationToken)
        )
            return await RunAloneAsync(command, cancellationToken);
        try
        {
            if (_session is not { IsOpen: true })
            {
                Renew();
                _session = new AdministratorSession(_client, line);
            }
            return await _session.RunAsync(mark => _dialect.RenderInSession(command, mark), cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    private async Task<CommandResult> RunAloneAsync(
        Command command,
        CancellationToken cancellationToken,
        Action<string>? told = null
    )
    {
        var (line, input) = _dialect.Render(command);
        using var ssh = _client.CreateCommand(line);
        var running = ssh.ExecuteAsync(cancellationToken);
        await SendInputAsync(ssh, input, cancellationToken);
        if (told is not null)
            await Task.Run(() => OutputLines.Tell(ssh.OutputStream, told), CancellationToken.None);
        await running;
        return new CommandResult(ssh.ExitStatus ?? -1, ssh.Result, ssh.Error);
    }

    private async Task<CommandResult> RunWithOpenInputAsync(
        Command command,
        Action<string> told,
        CancellationToken cancellationToken
    )
    {
        using var ssh = _client.CreateCommand(_dialect.Render(command).Line);
        var running = ssh.ExecuteAsync(CancellationToken.None);
        await using var open = ssh.CreateInputStream();
        var telling = Task.Run(() => OutputLines.Tell(ssh.OutputStream, told), CancellationToken.None);
        await running.WaitAsync(cancellationToken);
        await telling.WaitAsync(cancellationToken);
        return new CommandResult(ssh.ExitStatus ?? -1, "", ssh.Error);
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

    private static void Close(ForwardedPort forwarded)
    {
        try
        {
            forwarded.Dispose();
        }
        catch (Exception exception) when (exception is SshException or SocketException or ObjectDisposedException)
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
