namespace ContainerHost.Tests.Media.Downloads;

/// <summary>Gives its bytes, then an error; without one it gives nothing more, until the reader's patience ends.</summary>
internal sealed class ScriptedStream(byte[] content) : MemoryStream(content)
{
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Exception? End { get; init; }

    /// <summary>Ends when all bytes have been read and more are asked for.</summary>
    public Task Waiting => _waiting.Task;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = Read(buffer.Span);
        if (count > 0)
            return count;
        _waiting.TrySetResult();
        if (End is not null)
            throw End;
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return 0;
    }
}
