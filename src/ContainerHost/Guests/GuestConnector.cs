using ContainerHost.Guests.Windows;
using ContainerHost.Processes;
using ContainerHost.Waiting;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace ContainerHost.Guests;

/// <summary>Connects to guests over SSH, or by PowerShell Direct where their access says so.</summary>
public sealed class GuestConnector(IProcessRunner processes, TimeProvider time) : IGuestConnector
{
    private readonly Poll _poll = new(time) { Interval = TimeSpan.FromMilliseconds(500) };

    /// <inheritdoc/>
    public async Task<IGuestShell> ConnectAsync(GuestAccess access, Wait wait, CancellationToken cancellationToken)
    {
        if (access.Direct is not null)
            return await PowerShellDirectShell.ConnectAsync(processes, access, wait, _poll, cancellationToken);
        using var key = new PrivateKeyFile(access.ClientKeyPath);
        return await _poll.UntilAsync<IGuestShell>(
            wait,
            token => TryAsync(access, key, wait.Host ?? access.Address, token),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public async Task ProvePasswordAsync(
        GuestAccess access,
        string password,
        string host,
        CancellationToken cancellationToken
    )
    {
        if (access.Direct is { } direct)
        {
            var chosen = direct with { Password = password };
            await new PowerShellDirectShell(processes, chosen, access.User, host).ProveAsync(cancellationToken);
            return;
        }
        using var method = new PasswordAuthenticationMethod(access.User, password);
        await using var shell = await SshGuestShell.ConnectAsync(access, method, host, cancellationToken);
    }

    private static async Task<Look<IGuestShell>> TryAsync(
        GuestAccess access,
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
            return Looks.NotYet<IGuestShell>($"{access.Address}:{access.Port}: {exception.Message}");
        }
    }
}
