using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using ContainerHost.Progress;
using ContainerHost.Specification;
using Serilog;

namespace ContainerHost.Media.Downloads;

/// <summary>One attempt to fetch a file: builds upon the part that is there, where the server still has the same file.</summary>
internal sealed class Transfer(DownloadRequest request, HttpExchange exchange, TimeProvider time, ILogger log)
{
    private const long LookEvery = 64 << 20;
    private const long Reserve = 1 << 30;

    private readonly PartialFile _part = new(request);

    public required TimeSpan Stall { get; init; }

    public required Func<string, long> FreeSpace { get; init; }

    public required ProgressBoard Progress { get; init; }

    /// <exception cref="TransientDownloadException">Another attempt may succeed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(request.Digest.Algorithm);
        var resumed = await ReceiveAsync(hash, cancellationToken);
        var actual = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (actual == request.Digest.Hex)
        {
            _part.Finish();
            return;
        }
        _part.Delete();
        var saw = $"it has {request.Digest.Algorithm} {actual} instead of {request.Digest.Hex}";
        // A part from an earlier run may have been of another file; from the start it cannot be.
        if (resumed)
            throw new TransientDownloadException($"{request.Address}: {saw}, though it was resumed");
        throw DownloadError.Of(
            request.Address,
            $"{saw}; it was deleted",
            "find out which file the source has now; the pinned digest must be the vendor's own."
        );
    }

    /// <summary>Receives what is missing; returns true when it built upon a part.</summary>
    private async Task<bool> ReceiveAsync(IncrementalHash hash, CancellationToken cancellationToken)
    {
        var have = _part.Resumable;
        using var message = new HttpRequestMessage(HttpMethod.Get, request.Source);
        if (have > 0)
        {
            message.Headers.Range = new RangeHeaderValue(have, null);
            message.Headers.IfRange = _part.Validator;
        }
        using var response = await exchange.SendAsync(message, cancellationToken);
        var range = response.Content.Headers.ContentRange;
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            if (range?.Length == have)
            {
                // Nothing is missing; only the check is.
                await using var whole = Open();
                await HashAsync(whole, hash, cancellationToken);
                return true;
            }
            _part.Delete();
            throw new TransientDownloadException($"{request.Address} has nothing after byte {have}");
        }
        HttpExchange.RequireSuccess(request.Address, response);
        var partial = response.StatusCode == HttpStatusCode.PartialContent;
        if (partial && range?.From != have)
        {
            _part.Delete();
            throw new TransientDownloadException(
                $"{request.Address} answered from byte {range?.From} instead of {have}"
            );
        }
        // The whole file comes when the server ignores ranges, or has another file by now.
        have = partial ? have : 0;
        var length = response.Content.Headers.ContentLength;
        var total = partial ? range?.Length ?? have + length : length;
        if (request.Size is { } must && total is { } found && found != must)
            throw DownloadError.WrongSize(request, $"{found}");
        RequireSpace(total ?? request.Size);
        return await Progress.RunAsync(
            $"download {Path.GetFileName(request.Target)}",
            async step =>
            {
                await CopyAsync(step, response, have, total, hash, cancellationToken);
                return have > 0;
            }
        );
    }

    private async Task CopyAsync(
        ProgressStep step,
        HttpResponseMessage response,
        long have,
        long? total,
        IncrementalHash hash,
        CancellationToken cancellationToken
    )
    {
        var progress = new ProgressLog(Path.GetFileName(request.Target), log, time);
        var started = time.GetTimestamp();
        var nextLook = 0L;
        long received;
        try
        {
            await using var file = Open();
            file.SetLength(have);
            _part.Remember(response);
            await HashAsync(file, hash, cancellationToken);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            received = await new HashingCopy(hash, file, Stall, time).RunAsync(body, Tell, cancellationToken);
            file.Flush(flushToDisk: true);
        }
        catch (TransientDownloadException broken)
        {
            throw new TransientDownloadException($"{request.Address}: {broken.Message}", broken.InnerException);
        }
        catch (IOException full)
        {
            throw DownloadError.NoRoom(request, $"{_part.Path} could not be written: {full.Message}", full);
        }
        if (total is { } all && have + received != all)
            throw new TransientDownloadException($"{request.Address} ended after {have + received} of {all} bytes");
        if (request.Size is { } must && have + received != must)
            throw DownloadError.WrongSize(request, $"{have + received}");

        void Tell(long count)
        {
            // A body without an announced end must not fill the disk.
            if (have + count > request.Size)
                throw DownloadError.WrongSize(request, $"{have + count} or more");
            if (total is null && request.Size is null && have + count >= nextLook)
            {
                nextLook = have + count + LookEvery;
                RequireReserve();
            }
            var speed = count / Math.Max(0.001, time.GetElapsedTime(started).TotalSeconds);
            var now = new DownloadProgress(have + count, total, speed);
            step.Detail = now.Detail;
            if (!Progress.IsDrawn)
                progress.Report(now);
        }
    }

    private FileStream Open() =>
        new(_part.Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);

    private static async Task HashAsync(FileStream file, IncrementalHash hash, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 20];
        int count;
        while ((count = await file.ReadAsync(buffer, cancellationToken)) > 0)
            hash.AppendData(buffer, 0, count);
    }

    private void RequireReserve()
    {
        var folder = Path.GetDirectoryName(request.Target)!;
        if (FreeSpace(folder) is var free && free < Reserve)
            throw DownloadError.NoRoom(
                request,
                $"its server does not say how long it is, and {folder} has {new ByteSize(free).MiB} MiB free"
            );
    }

    // What the part takes is either built upon or given back.
    private void RequireSpace(long? total)
    {
        var folder = Path.GetDirectoryName(request.Target)!;
        var needed = (total ?? 0) - _part.Length;
        var free = FreeSpace(folder);
        if (needed > free)
        {
            throw DownloadError.NoRoom(
                request,
                $"it needs {new ByteSize(needed).MiB + 1} MiB more, and {folder} has {new ByteSize(free).MiB} MiB free"
            );
        }
    }
}
