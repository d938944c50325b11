using Octokit;
using Polly;
using Polly.Retry;

namespace Releasing;

/// <summary>Tries again what may pass, waits as GitHub asks where that is short, and tells every other refusal as what it is.</summary>
internal sealed class GitHubCall(PublishSettings settings)
{
    private readonly ResiliencePipeline _retries = new ResiliencePipelineBuilder()
        .AddRetry(
            new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(GitHubRefusal.IsTransient),
                DelayGenerator = refused =>
                    ValueTask.FromResult(GitHubRefusal.AskedWait(refused.Outcome.Exception, DateTimeOffset.UtcNow)),
                MaxRetryAttempts = 4,
                Delay = TimeSpan.FromMilliseconds(500),
                BackoffType = DelayBackoffType.Exponential,
            }
        )
        .Build();

    public async Task<T> RunAsync<T>(
        string attempted,
        Func<CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await _retries.ExecuteAsync(async token => await work(token), cancellationToken);
        }
        catch (Exception refused)
            when (!cancellationToken.IsCancellationRequested
                && GitHubRefusal.Explain(refused) is var (saw, advice, code)
            )
        {
            throw new ReleaseException($"{attempted} on {settings.GitHubAddress.Host}", saw, advice, code, refused);
        }
    }
}
