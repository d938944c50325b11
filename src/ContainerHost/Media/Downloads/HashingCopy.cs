using System.Security.Cryptography;

namespace ContainerHost.Media.Downloads;

/// <summary>
/// Copies a response into a file and hashes it on the way: reading, hashing and writing overlap, each on a buffer of its own. Whatever ends
/// the copy, all that came is in the file by then.
/// </summary>
internal sealed class HashingCopy(IncrementalHash hash, Stream target, TimeSpan stall, TimeProvider time)
{
    private const int BufferSize = 1 << 20;

    /// <summary>Copies to the end of the source, telling before each buffer is kept how many bytes this copy has brought.</summary>
    /// <exception cref="TransientDownloadException">The connection broke, or no byte came for too long.</exception>
    /// <exception cref="IOException">The target could not be written.</exception>
    public async Task<long> RunAsync(Stream source, Action<long> copied, CancellationToken cancellationToken)
    {
        byte[] reading = GC.AllocateUninitializedArray<byte>(BufferSize);
        byte[] keeping = GC.AllocateUninitializedArray<byte>(BufferSize);
        var total = 0L;
        var keep = Task.CompletedTask;
        while (true)
        {
            var (count, broken) = await ReadAsync(source, reading, cancellationToken);
            await keep;
            total += count;
            copied(total);
            (reading, keeping) = (keeping, reading);
            keep = KeepAsync(keeping.AsMemory(0, count));
            if (broken is null && count > 0)
                continue;
            await keep;
            return broken is null ? total : throw Tell(broken, cancellationToken);
        }
    }

    // Not to be cancelled: what came is worth keeping.
    private async Task KeepAsync(ReadOnlyMemory<byte> bytes)
    {
        var write = target.WriteAsync(bytes, CancellationToken.None).AsTask();
        await Task.Run(() => hash.AppendData(bytes.Span), CancellationToken.None);
        await write;
    }

    // Fills the buffer as far as the source gives without a pause that is too long; never throws, since another buffer is still on its way.
    private async Task<(int Count, Exception? Broken)> ReadAsync(
        Stream source,
        Memory<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        using var stalled = new CancellationTokenSource(stall, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stalled.Token, cancellationToken);
        var filled = 0;
        try
        {
            while (filled < buffer.Length)
            {
                var count = await source.ReadAsync(buffer[filled..], either.Token);
                if (count == 0)
                    break;
                filled += count;
                stalled.CancelAfter(stall);
            }
            return (filled, null);
        }
#pragma warning disable CA1031 // It is thrown by the caller, once what came before it is kept.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            return (filled, broken);
        }
    }

    private TransientDownloadException Tell(Exception broken, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return broken is OperationCanceledException
            ? new TransientDownloadException($"no byte came for {stall.TotalSeconds:0.#} s", broken)
            : new TransientDownloadException($"the connection broke: {broken.Message}", broken);
    }
}
