using ContainerHost.Errors;
using ContainerHost.Waiting;
using Renci.SshNet;

namespace ContainerHost.Guests;

/// <summary>Sends one file over a connection of its own, for as long as the guest takes more of it.</summary>
internal sealed class SftpUpload(SshConnections connections, string host)
{
    private const int Chunk = 256 * 1024;

    private long _sent;

    /// <summary>After how long without a byte taken it is given up.</summary>
    public TimeSpan Stall { get; init; } = TimeLimits.UploadStall;

    /// <exception cref="DeadlineException">The guest takes nothing more.</exception>
    public async Task SendAsync(string localPath, string guestPath, CancellationToken cancellationToken)
    {
        var sftp = await connections.OpenTransferAsync(cancellationToken);
        // A transfer waits until the guest makes room, and that wait neither ends by itself nor hears the token.
        var sending = Task.Run(() => CopyAsync(sftp, localPath, guestPath, cancellationToken), CancellationToken.None);
        try
        {
            while (!sending.IsCompleted)
            {
                var before = Interlocked.Read(ref _sent);
                await Task.WhenAny(sending, Task.Delay(Stall, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
                if (!sending.IsCompleted && Interlocked.Read(ref _sent) == before)
                    throw new DeadlineException(
                        $"the guest takes more of {Path.GetFileName(localPath)}",
                        Stall,
                        $"it took {before} bytes",
                        "see whether the machine runs with the target Status; run the target again to reconnect.",
                        host
                    );
            }
            await sending;
        }
        finally
        {
            // What hangs would hang its own end too.
            _ = sending.ContinueWith(
                ended =>
                {
                    _ = ended.Exception;
                    sftp.Dispose();
                },
                TaskScheduler.Default
            );
            if (!sending.IsCompleted)
                _ = Task.Run(sftp.Disconnect, CancellationToken.None);
        }
    }

    private async Task CopyAsync(
        SftpClient sftp,
        string localPath,
        string guestPath,
        CancellationToken cancellationToken
    )
    {
        await using var content = File.OpenRead(localPath);
        await using var target = await sftp.OpenAsync(
            guestPath,
            FileMode.CreateNew,
            FileAccess.Write,
            cancellationToken
        );
        var chunk = new byte[Chunk];
        while (await content.ReadAsync(chunk, cancellationToken) is > 0 and var read)
        {
            await target.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
            Interlocked.Add(ref _sent, read);
        }
    }
}
