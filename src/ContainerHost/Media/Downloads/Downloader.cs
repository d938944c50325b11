using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using ContainerHost.Errors;
using ContainerHost.Specification;
using Polly;
using Polly.Retry;
using Serilog;

namespace ContainerHost.Media.Downloads;

/// <summary>
/// Downloads files by HTTP: resumes with Range and If-Range (RFC 9110), retries with back-off and jitter, hashes while it streams, and gives
/// a file its name only once its digest is right.
/// </summary>
public sealed class Downloader
{
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly DownloadOptions _options;
    private readonly ResiliencePipeline _retries;

    /// <summary>Makes a downloader over an HTTP client, whose own time limit must be infinite: stalls are found by this class.</summary>
    public Downloader(HttpClient http, TimeProvider time, ILogger log, DownloadOptions? options = null)
    {
        _http = http;
        _time = time;
        _log = log;
        _options = options ?? new DownloadOptions();
        _retries = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = new PredicateBuilder().Handle<TransientDownloadException>(),
                    MaxRetryAttempts = _options.Retries,
                    Delay = _options.FirstPause,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    OnRetry = again =>
                    {
                        log.Warning(
                            "{Reason}; trying again in {Seconds:0.0} s",
                            again.Outcome.Exception?.Message,
                            again.RetryDelay.TotalSeconds
                        );
                        return ValueTask.CompletedTask;
                    },
                }
            )
            .Build();
    }

    /// <summary>Tells the free bytes of the file system that a path lies on; replaced in tests.</summary>
    internal Func<string, long> FreeSpace { get; init; } = path => new DriveInfo(path).AvailableFreeSpace;

    /// <summary>Fetches a file to its target, which appears whole or not at all.</summary>
    /// <exception cref="ContainerHostException">It could not be had, or has another digest or size than it must.</exception>
    public async Task FetchAsync(DownloadRequest request, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(request.Target)!);
        try
        {
            await _retries.ExecuteAsync(async token => await AttemptAsync(request, token), cancellationToken);
        }
        catch (TransientDownloadException last)
        {
            throw Failed(
                request,
                $"{_options.Retries + 1} attempts; the last: {last.Message}",
                "see that the server can be reached from here (a proxy may be needed: HTTPS_PROXY); what is there already is resumed.",
                last
            );
        }
    }

    /// <summary>Fetches a small text, such as a list of digests, with the same retries.</summary>
    public async Task<string> FetchTextAsync(Uri source, CancellationToken cancellationToken)
    {
        var request = new DownloadRequest(source, "", Digest.Sha256(""));
        try
        {
            return await _retries.ExecuteAsync(
                async token =>
                {
                    using var response = await SendAsync(
                        request,
                        new HttpRequestMessage(HttpMethod.Get, source),
                        token
                    );
                    RequireSuccess(request, response);
                    return await response.Content.ReadAsStringAsync(token);
                },
                cancellationToken
            );
        }
        catch (Exception last) when (last is TransientDownloadException or HttpRequestException)
        {
            throw Failed(
                request,
                last.Message,
                "see that the server can be reached from here, and run the target again.",
                last
            );
        }
    }

    private async Task AttemptAsync(DownloadRequest request, CancellationToken cancellationToken)
    {
        var partial = new PartialFile(request);
        using var hash = IncrementalHash.CreateHash(request.Digest.Algorithm);
        var resumed = await ReceiveAsync(request, partial, hash, cancellationToken);
        var actual = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (actual == request.Digest.Hex)
        {
            partial.Finish();
            return;
        }
        partial.Delete();
        var saw = $"it has {request.Digest.Algorithm} {actual} instead of {request.Digest.Hex}";
        // A part from an earlier run may have been of another file; from the start it cannot be.
        if (resumed)
            throw new TransientDownloadException($"{saw}, though it was resumed");
        throw Failed(
            request,
            $"{saw}; it was deleted",
            "find out which file the source has now; the pinned digest must be the vendor's own."
        );
    }

    /// <summary>Receives what is missing; returns true when it built upon a part.</summary>
    private async Task<bool> ReceiveAsync(
        DownloadRequest request,
        PartialFile partial,
        IncrementalHash hash,
        CancellationToken cancellationToken
    )
    {
        var have = partial.Resumable;
        using var message = new HttpRequestMessage(HttpMethod.Get, request.Source);
        if (have > 0)
        {
            message.Headers.Range = new RangeHeaderValue(have, null);
            message.Headers.IfRange = partial.Validator;
        }
        using var response = await SendAsync(request, message, cancellationToken);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            partial.Delete();
            throw new TransientDownloadException($"{request.Source} has nothing after byte {have}");
        }
        RequireSuccess(request, response);
        var from = response.Content.Headers.ContentRange?.From ?? 0;
        if (response.StatusCode == HttpStatusCode.PartialContent && from != have)
        {
            partial.Delete();
            throw new TransientDownloadException($"{request.Source} answered from byte {from} instead of {have}");
        }
        // The whole file comes when the server ignores ranges, or has another file by now.
        have = response.StatusCode == HttpStatusCode.PartialContent ? have : 0;
        var total = response.Content.Headers.ContentLength is { } length ? have + length : (long?)null;
        RequireSize(request, total ?? request.Size);
        RequireSpace(request, (total ?? request.Size ?? 0) - have);
        await CopyAsync(request, partial, response, have, total, hash, cancellationToken);
        return have > 0;
    }

    private async Task CopyAsync(
        DownloadRequest request,
        PartialFile partial,
        HttpResponseMessage response,
        long have,
        long? total,
        IncrementalHash hash,
        CancellationToken cancellationToken
    )
    {
        await using var file = new FileStream(
            partial.Path,
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 0
        );
        file.SetLength(have);
        partial.Remember(response);
        await HashPartAsync(file, hash, cancellationToken);
        var progress = new ProgressLog(Path.GetFileName(request.Target), _log, _time, ProgressLog.Terminal);
        var started = _time.GetTimestamp();
        var received = 0L;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var copy = new HashingCopy(hash, file, _options.Stall, _time);
            received = await copy.RunAsync(
                body,
                count =>
                    progress.Report(
                        new DownloadProgress(
                            have + count,
                            total,
                            count / Math.Max(0.001, _time.GetElapsedTime(started).TotalSeconds)
                        )
                    ),
                cancellationToken
            );
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw new TransientDownloadException($"the connection to {request.Source} broke: {broken.Message}", broken);
        }
        if (total is { } all && have + received != all)
            throw new TransientDownloadException($"{request.Source} ended after {have + received} of {all} bytes");
        RequireSize(request, have + received);
        file.Flush(flushToDisk: true);
    }

    private static async Task HashPartAsync(FileStream file, IncrementalHash hash, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 20];
        int count;
        while ((count = await file.ReadAsync(buffer, cancellationToken)) > 0)
            hash.AppendData(buffer, 0, count);
    }

    private async Task<HttpResponseMessage> SendAsync(
        DownloadRequest request,
        HttpRequestMessage message,
        CancellationToken cancellationToken
    )
    {
        using var stalled = new CancellationTokenSource(_options.Stall, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stalled.Token, cancellationToken);
        try
        {
            return await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientDownloadException(
                $"{request.Source} did not answer within {_options.Stall.TotalSeconds:0.#} s"
            );
        }
        catch (HttpRequestException broken)
        {
            throw new TransientDownloadException($"{request.Source}: {broken.Message}", broken);
        }
    }

    private static void RequireSuccess(DownloadRequest request, HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
            return;
        var saw = $"{request.Source} answered {(int)response.StatusCode} {response.ReasonPhrase}";
        if (
            (int)response.StatusCode >= 500
            || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        )
            throw new TransientDownloadException(saw);
        throw Failed(request, saw, "check the address; the vendor may have moved the file.");
    }

    private static void RequireSize(DownloadRequest request, long? size)
    {
        if (request.Size is { } must && size is { } found && found != must)
            throw Failed(request, $"it has {found} bytes instead of {must}", "find out which file the source has now.");
    }

    private void RequireSpace(DownloadRequest request, long needed)
    {
        var free = FreeSpace(Path.GetDirectoryName(request.Target)!);
        if (needed > free)
        {
            throw Failed(
                request,
                $"it needs {new ByteSize(needed).MiB + 1} MiB more, and {Path.GetDirectoryName(request.Target)} has {new ByteSize(free).MiB} MiB free",
                "make room there, or choose another folder with --cache-directory."
            );
        }
    }

    private static ContainerHostException Failed(
        DownloadRequest request,
        string saw,
        string tryThis,
        Exception? inner = null
    ) => new($"download {request.Source}", saw, tryThis, inner: inner);
}
