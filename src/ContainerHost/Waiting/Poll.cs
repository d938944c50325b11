using ContainerHost.Errors;

namespace ContainerHost.Waiting;

/// <summary>The one poll: every wait of the product ends here in success, the caller's cancellation or a deadline that tells what was last seen.</summary>
internal sealed class Poll(TimeProvider time)
{
    /// <summary>How long between two looks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    public Task<T> UntilAsync<T>(Wait wait, Func<Look<T>> look, CancellationToken cancellationToken) =>
        UntilAsync(wait, _ => Task.FromResult(look()), cancellationToken);

    /// <summary>
    /// Looks until <paramref name="look"/> finds something. The token that a look gets is cancelled at the deadline, so that a look which
    /// hangs cannot outlive it.
    /// </summary>
    public async Task<T> UntilAsync<T>(
        Wait wait,
        Func<CancellationToken, Task<Look<T>>> look,
        CancellationToken cancellationToken
    )
    {
        using var deadline = new CancellationTokenSource(wait.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var lastSeen = "nothing yet";
        while (true)
        {
            try
            {
                either.Token.ThrowIfCancellationRequested();
                var seen = await look(either.Token);
                if (seen.Found)
                    return seen.Value!;
                lastSeen = seen.Seen;
                await Task.Delay(Interval, time, either.Token);
            }
            catch (OperationCanceledException)
                when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                var seen = wait.OnDeadline is null ? lastSeen : $"{lastSeen}\n{wait.OnDeadline()}";
                throw new DeadlineException(wait.Awaited, wait.Deadline, seen, wait.Try, wait.Host);
            }
        }
    }
}
