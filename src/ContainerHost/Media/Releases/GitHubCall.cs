using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using ContainerHost.Errors;
using ContainerHost.Networks;
using Octokit;
using Polly;
using Polly.Retry;

namespace ContainerHost.Media.Releases;

/// <summary>Asks GitHub, tries again what may pass, and turns every other refusal into an error that says what to do.</summary>
internal sealed class GitHubCall(NetworkAccess access, EnvironmentProxy proxy, TimeProvider time)
{
    private readonly ResiliencePipeline _retries = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(
            new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(IsTransient),
                MaxRetryAttempts = 3,
                Delay = TimeSpan.FromMilliseconds(500),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            }
        )
        .Build();

    public async Task<T> RunAsync<T>(string repository, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        proxy.Require();
        try
        {
            // Octokit takes no cancellation token here; its answer is then nobody's.
            return await _retries.ExecuteAsync(async token => await ask().WaitAsync(token), cancellationToken);
        }
        catch (Exception refused) when (Explain(refused) is var (saw, advice))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ContainerHostException(
                $"ask {access.GitHubAddress.Host} for releases of {repository}",
                saw,
                advice,
                inner: refused
            );
        }
    }

    private (string Saw, string Advice)? Explain(Exception refused) =>
        refused switch
        {
            RateLimitExceededException limited => (
                $"its limit of {limited.Limit} requests an hour is used up until {limited.Reset:HH:mm} UTC",
                access.GitHubToken is null
                    ? "wait until then, or set GITHUB_TOKEN to a token of yours, which raises the limit to 5000; --offline uses what was kept."
                    : "wait until then; --offline uses what was kept."
            ),
            SecondaryRateLimitExceededException => ("it was asked too much in too short a time", "wait a few minutes."),
            AuthorizationException => (
                "it does not accept the token in GITHUB_TOKEN",
                "make a new token, or take it away: public releases need none."
            ),
            NotFoundException => (
                "it has no such repository, or the token may not see it",
                "check --github-address: a mirror must carry the repositories under their own names."
            ),
            HttpRequestException { InnerException: AuthenticationException untrusted } => (
                untrusted.GetBaseException().Message,
                "where a company's proxy or server has an authority (CA) of its own, give its certificate by --ca-file."
            ),
            ApiException or HttpRequestException or TaskCanceledException => (
                PublicAddress.In(refused.Message),
                "see that the address can be reached from here (a proxy may be needed: HTTPS_PROXY); --offline uses what was kept."
            ),
            _ => null,
        };

    private static bool IsTransient(Exception exception) =>
        exception switch
        {
            ApiException { StatusCode: >= HttpStatusCode.InternalServerError } => true,
            HttpRequestException { InnerException: AuthenticationException } => false,
            HttpRequestException { StatusCode: null or >= HttpStatusCode.InternalServerError } => true,
            SocketException or IOException => true,
            _ => false,
        };
}
