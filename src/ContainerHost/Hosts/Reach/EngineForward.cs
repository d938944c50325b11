using System.Net.Sockets;
using System.Text;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Processes;
using ContainerHost.Waiting;

namespace ContainerHost.Hosts.Reach;

/// <summary>A socket in the host's folder that leads to the guest's engine: OpenSSH's client, left in the background.</summary>
internal sealed class EngineForward(HostServices services, HostFolder folder, Guid mark)
{
    // sun_path has 108 bytes with the zero at its end (unix(7)).
    private const int LongestPath = 107;

    private readonly OwnedSsh _ssh = new(services, folder, OwnedSsh.NameOf(mark));

    /// <summary>Makes it unless it is there and the engine answers through it; returns the socket's path.</summary>
    public async Task<string> EnsureAsync(SshEntry entry, EngineSocket engine, CancellationToken cancellationToken)
    {
        var path = folder.EngineSocket;
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
            throw new InvalidInputException([
                $"--hosts-directory makes '{path}' longer than the {LongestPath} bytes that a socket's path may have; choose a shorter one.",
            ]);
        using var held = await _ssh.HoldAsync(cancellationToken);
        if (Find() is not null && await AnswersAsync(cancellationToken))
            return path;
        await EndAsync(cancellationToken);
        await services.Processes.RunCheckedAsync(
            new Command("ssh", Arguments(entry, engine, path)),
            "forward the engine's socket by ssh",
            "see that ssh (openssh-client) is there, and that the guest answers: './build.sh Shell'.",
            cancellationToken,
            entry.Name.Value
        );
        if (await AnswersAsync(cancellationToken))
            return path;
        await EndAsync(cancellationToken);
        throw new ContainerHostException(
            "reach the guest's container engine",
            $"nothing answers at {engine.Path} in the guest",
            $"see whether it runs: './build.sh Shell --name {entry.Name} --command \"systemctl status {engine.Unit}\"'.",
            entry.Name.Value
        );
    }

    /// <summary>Ends it, and waits until it is gone.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await _ssh.EndAsync(cancellationToken);
        if (File.Exists(folder.EngineSocket))
            File.Delete(folder.EngineSocket);
    }

    internal ProcessIdentity? Find() => _ssh.Find();

    // -f comes back once the socket is there (ssh(1), with ExitOnForwardFailure).
    private string[] Arguments(SshEntry entry, EngineSocket engine, string path) =>
        [
            .. OwnedSsh.Words(entry).Skip(1),
            "-o",
            "ExitOnForwardFailure=yes",
            "-o",
            "StreamLocalBindUnlink=yes",
            "-o",
            "StreamLocalBindMask=0177",
            "-fNT",
            "-L",
            // Tokens are expanded in it (ssh_config(5), TOKENS).
            $"{path.Replace("%", "%%", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal)}:{engine.Path}",
            OwnedSsh.NameOf(mark),
        ];

    // Docker answers HTTP; containerd, that is gRPC, shows its settings to whoever begins HTTP/2 (RFC 9113, 3.4). Who knows neither closes.
    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeLimits.SshAttempt);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(folder.EngineSocket), limit.Token);
            byte[] hello = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0];
            await socket.SendAsync(hello, limit.Token);
            return await socket.ReceiveAsync(new byte[1], limit.Token) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
