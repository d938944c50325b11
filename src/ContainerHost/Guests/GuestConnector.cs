using ContainerHost.Guests.Windows;
using ContainerHost.Processes;
using ContainerHost.Waiting;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace ContainerHost.Guests;

/// <summary>Connects to guests over SSH, or by PowerShell Direct where their access says so.</summary>
internal sealed class GuestConnector(IProcessRunner processes, TimeProvider time) : IGuestConnector
{
    private readonly Poll _poll = new(time) { Interval = TimeSpan.FromMilliseconds(500) };

    public async Task<IGuestShell> ConnectAsync(GuestAccess access, Wait wait, CancellationToken cancellationToken)
    {
        if (access is DirectAccess direct)
            return await PowerShellDirectShell.ConnectAsync(processes, direct, wait, _poll, cancellationToken);
        var ssh = Ssh(access);
        using var key = new PrivateKeyFile(ssh.ClientKeyPath);
        return await _poll.UntilAsync(
            wait,
            token => TryAsync(ssh, key, wait.Host ?? ssh.Address, token),
            cancellationToken
        );
    }

    public async Task ProvePasswordAsync(
        GuestAccess access,
        string password,
        string host,
        CancellationToken cancellationToken
    )
    {
        if (access is DirectAccess direct)
        {
            var chosen = direct with { Password = password };
            await new PowerShellDirectShell(processes, chosen, host).ProveAsync(cancellationToken);
            return;
        }
        using var method = new PasswordAuthenticationMethod(access.User, password);
        await using (await SshGuestShell.ConnectAsync(Ssh(access), method, host, cancellationToken)) { }
    }

    private static SshAccess Ssh(GuestAccess access) =>
        access as SshAccess
        ?? throw new NotSupportedException($"nothing says how to log in by {access.GetType().Name}");

    private static async Task<Look<IGuestShell>> TryAsync(
        SshAccess access,
        PrivateKeyFile key,
        string host,
        CancellationToken cancellationToken
    )
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        attempt.CancelAfter(TimeLimits.SshAttempt);
        try
        {
            var method = new PrivateKeyAuthenticationMethod(access.User, key);
            return Looks.Found<IGuestShell>(await SshGuestShell.ConnectAsync(access, method, host, attempt.Token));
        }
        catch (Exception exception)
            when (exception is SshException or System.Net.Sockets.SocketException or IOException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return Looks.NotYet<IGuestShell>($"{access.Place}: {exception.Message}");
        }
    }
}
