using System.Security.Cryptography;
using System.Text;
using ContainerHost.Errors;
using ContainerHost.Progress;
using ContainerHost.Waiting;
using Polly;
using Polly.Retry;
using Serilog;

namespace ContainerHost.Media.Downloads;

/// <summary>
/// Downloads files by HTTP: resumes with Range and If-Range (RFC 9110), retries with back-off and jitter, hashes while it streams, and gives
/// a file its name only once its digest is right.
/// </summary>
internal sealed class Downloader
{
    private const int LongestText = 4 << 20;

    private readonly HttpExchange _exchange;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly DownloadOptions _options;
    private readonly ResiliencePipeline _retries;

    /// <summary>Makes a downloader over an HTTP client, whose own time limit must be infinite: stalls are found by this class.</summary>
    public Downloader(HttpClient http, TimeProvider time, ILogger log, DownloadOptions? options = null)
    {
        _time = time;
        _log = log;
        _options = options ?? new DownloadOptions();
        _exchange = new HttpExchange(http, _options.Stall, time, _options.Proxy);
        _retries = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(Retries())
            .Build();
    }

    /// <summary>Tells the free bytes of the file system that a path lies on; replaced in tests.</summary>
    internal Func<string, long> FreeSpace { get; init; } = path => new DriveInfo(path).AvailableFreeSpace;

    /// <summary>Where downloads can be seen; nobody looks by default.</summary>
    public ProgressBoard Progress { get; init; } = new(TimeProvider.System);

    /// <summary>Fetches a file to its target, which appears whole or not at all.</summary>
    /// <exception cref="ContainerHostException">It could not be had, or has another digest or size than it must.</exception>
    public async Task FetchAsync(DownloadRequest request, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(request.Target)!);
        await RetryAsync(
            request.Address,
            async token =>
            {
                var transfer = new Transfer(request, _exchange, _time, _log)
                {
                    Stall = _options.Stall,
                    FreeSpace = FreeSpace,
                    Progress = Progress,
                };
                await transfer.RunAsync(token);
                return request.Target;
            },
            cancellationToken
        );
    }

    /// <summary>Fetches a small text, such as a list of digests, with the same retries.</summary>
    public Task<string> FetchTextAsync(Uri source, CancellationToken cancellationToken) =>
        RetryAsync(PublicAddress.Of(source), token => ReadTextAsync(source, token), cancellationToken);

    private async Task<string> ReadTextAsync(Uri source, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, source);
        using var response = await _exchange.SendAsync(message, cancellationToken);
        HttpExchange.RequireSuccess(PublicAddress.Of(source), response);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var text = new MemoryStream();
        await new HashingCopy(hash, text, _options.Stall, _time).RunAsync(
            body,
            count =>
            {
                if (count > LongestText)
                    throw DownloadError.Of(
                        PublicAddress.Of(source),
                        $"it has more than {LongestText >> 20} MiB, too much for a list",
                        "check the address."
                    );
            },
            cancellationToken
        );
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private async Task<T> RetryAsync<T>(
        string address,
        Func<CancellationToken, Task<T>> attempt,
        CancellationToken cancellationToken
    )
    {
        if (_options.Offline)
            throw DownloadError.Offline(address);
        try
        {
            return await _retries.ExecuteAsync(async token => await attempt(token), cancellationToken);
        }
        catch (TransientDownloadException last)
        {
            throw DownloadError.Of(
                address,
                $"{_options.Retries + 1} attempts; the last: {last.Message}",
                "see that the server can be reached from here (a proxy may be needed: HTTPS_PROXY); what is there already is resumed.",
                last
            );
        }
    }

    // Nobody waits for a day before a terminal.
    private static TimeSpan? Shorter(TimeSpan? wanted) =>
        wanted > TimeLimits.LongestRetry ? TimeLimits.LongestRetry : wanted;

    private RetryStrategyOptions Retries() =>
        new()
        {
            ShouldHandle = new PredicateBuilder().Handle<TransientDownloadException>(),
            MaxRetryAttempts = _options.Retries,
            Delay = _options.FirstPause,
            MaxDelay = _options.LongestPause,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            DelayGenerator = again =>
                ValueTask.FromResult(Shorter((again.Outcome.Exception as TransientDownloadException)?.After)),
            OnRetry = again =>
            {
                _log.Warning(
                    "{Reason}; trying again in {Seconds:0.0} s",
                    again.Outcome.Exception?.Message,
                    again.RetryDelay.TotalSeconds
                );
                return ValueTask.CompletedTask;
            },
        };
}
