using ContainerHost.Errors;

namespace ContainerHost.Runtimes;

/// <summary>Work after which something is to be taken away, however it ends.</summary>
internal static class Afterwards
{
    /// <summary>Does the work, then takes away; a failure of the work is told rather than one of what follows it, and no cancellation ends that.</summary>
    public static async Task<T> RunAsync<T>(
        Func<Task<T>> work,
        Func<CancellationToken, Task> takeAway,
        CancellationToken cancellationToken
    )
    {
        T result;
        try
        {
            result = await work();
        }
        catch
        {
            try
            {
                await takeAway(CancellationToken.None);
            }
            catch (ContainerHostException)
            {
                // The connection may be what was lost; the first failure tells more.
            }
            throw;
        }
        await takeAway(cancellationToken);
        return result;
    }
}
