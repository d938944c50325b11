using ContainerHost.Files;
using ContainerHost.Waiting;

namespace ContainerHost.Media;

/// <summary>Makes what the cache lacks once, however many processes ask for it at the same time.</summary>
internal sealed class MadeOnce(CacheFolder cache, Poll poll)
{
    /// <summary>What is found; else, under the lock of that name, what another process made meanwhile, else what is made now.</summary>
    public async Task<T> ObtainAsync<T>(
        string lockName,
        Wait wait,
        Func<Task<T?>> find,
        Func<Task> make,
        CancellationToken cancellationToken
    )
        where T : class
    {
        if (await find() is { } there)
            return there;
        using var taken = await ProcessLock.WaitAsync(cache.Lock(lockName), wait, poll, cancellationToken);
        if (await find() is { } made)
            return made;
        await make();
        return await find() ?? throw new InvalidOperationException($"{lockName} is not there after it was made");
    }
}
