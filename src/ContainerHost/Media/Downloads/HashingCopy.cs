using System.Security.Cryptography;

namespace ContainerHost.Media.Downloads;

/// <summary>Copies a response into a file and hashes it on the way: reading, hashing and writing overlap, each on a buffer of its own.</summary>
internal sealed class HashingCopy(IncrementalHash hash, Stream target, TimeSpan stall, TimeProvider time)
{
    private const int BufferSize = 1 << 20;

    /// <summary>Copies to the end of the source, telling after each buffer how many bytes this copy has brought.</summary>
    /// <exception cref="TransientDownloadException">No byte came for too long.</exception>
    public async Task<long> RunAsync(Stream source, Action<long> copied, CancellationToken cancellationToken)
    {
        byte[] reading = GC.AllocateUninitializedArray<byte>(BufferSize);
        byte[] keeping = GC.AllocateUninitializedArray<byte>(BufferSize);
        var total = 0L;
        var keep = Task.CompletedTask;
        while (true)
        {
            var count = await ReadAsync(source, reading, cancellationToken);
            await keep;
            if (count == 0)
                return total;
            (reading, keeping) = (keeping, reading);
            keep = KeepAsync(keeping.AsMemory(0, count), cancellationToken);
            total += count;
            copied(total);
        }
    }

    private async Task KeepAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var write = target.WriteAsync(bytes, cancellationToken).AsTask();
        await Task.Run(() => hash.AppendData(bytes.Span), cancellationToken);
        await write;
    }

    // Fills the buffer as far as the source gives without a pause that is too long.
    private async Task<int> ReadAsync(Stream source, Memory<byte> buffer, CancellationToken cancellationToken)
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
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientDownloadException($"no byte came for {stall.TotalSeconds:0.#} s");
        }
        catch (IOException) when (filled > 0)
        {
            // What came before the connection broke is kept; the next read tells of the break.
        }
        return filled;
    }
}
