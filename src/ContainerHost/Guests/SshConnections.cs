using System.Text;
using ContainerHost.Errors;
using ContainerHost.Waiting;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace ContainerHost.Guests;

/// <summary>The one maker of SSH connections to a guest, file transfers included: each accepts the pinned host key and no other, before anything is sent.</summary>
internal sealed class SshConnections(SshAccess access, AuthenticationMethod method, string host)
{
    private readonly ConnectionInfo _connection = new(access.Address, access.Port, access.User, method)
    {
        Timeout = TimeLimits.SshAttempt,
        Encoding = Encoding.UTF8,
    };

    // As "ssh-ed25519 AAAA...".
    private readonly byte[] _pinned = Convert.FromBase64String(access.HostPublicKey.Split(' ')[1]);

    public Task<SshClient> OpenAsync(CancellationToken cancellationToken) =>
        ConnectAsync(new SshClient(_connection), cancellationToken);

    public Task<SftpClient> OpenTransferAsync(CancellationToken cancellationToken) =>
        ConnectAsync(
            new SftpClient(_connection) { BufferSize = 256 * 1024, OperationTimeout = TimeLimits.UploadStall },
            cancellationToken
        );

    private async Task<T> ConnectAsync<T>(T client, CancellationToken cancellationToken)
        where T : BaseClient
    {
        client.KeepAliveInterval = TimeSpan.FromSeconds(15);
        var refused = false;
        client.HostKeyReceived += (_, offered) =>
        {
            offered.CanTrust = offered.HostKey.AsSpan().SequenceEqual(_pinned);
            refused |= !offered.CanTrust;
        };
        try
        {
            await client.ConnectAsync(cancellationToken);
            return client;
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
}
