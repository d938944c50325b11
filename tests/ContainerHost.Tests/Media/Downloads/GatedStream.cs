namespace ContainerHost.Tests.Media.Downloads;

/// <summary>A target whose writes wait until it is opened, and then succeed or fail.</summary>
internal sealed class GatedStream : MemoryStream
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Exception? Error { get; init; }

    public void Open() => _open.SetResult();

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        await _open.Task;
        if (Error is not null)
            throw Error;
        Write(buffer.Span);
    }
}
