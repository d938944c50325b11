using System.Security.Cryptography;
using ContainerHost.Errors;
using ContainerHost.Media.Downloads;
using Microsoft.Extensions.Time.Testing;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace ContainerHost.Tests.Media.Downloads;

/// <summary>Tests that have a file to download, a folder to download it to, and a downloader whose pauses are short.</summary>
public abstract class DownloadTest : FolderTest, ILogEventSink
{
    private static readonly HttpClient Http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly List<string> _logged = [];

    private protected byte[] Content { get; } = RandomNumberGenerator.GetBytes(3_000_000);

    private protected string Target => In("media", "disk.bin");

    private protected string Part => $"{Target}.part";

    private protected string Meta => $"{Target}.part.json";

    private protected string Logged => string.Join('\n', _logged);

    private protected DownloadOptions Options { get; set; } =
        new() { Retries = 4, FirstPause = TimeSpan.FromMilliseconds(1) };

    private protected TimeProvider Time { get; set; } = TimeProvider.System;

    private protected Func<string, long>? FreeSpace { get; set; }

    private protected Downloader Downloader =>
        FreeSpace is null
            ? new Downloader(Http, Time, Log, Options)
            : new Downloader(Http, Time, Log, Options) { FreeSpace = FreeSpace };

    private protected ILogger Log => new LoggerConfiguration().WriteTo.Sink(this).CreateLogger();

    private protected DownloadRequest Request(Uri source, long? size = null) =>
        new(source, Target, Digest.Sha256(Convert.ToHexString(SHA256.HashData(Content))), size);

    private protected Task FetchAsync(FileServer server, long? size = null) =>
        Downloader.FetchAsync(Request(server.File, size), Token);

    private protected async Task<ContainerHostException> FailAsync(FileServer server, long? size = null) =>
        await Should.ThrowAsync<ContainerHostException>(FetchAsync(server, size));

    /// <summary>Fetches the file, and finds it whole and alone, asked for by those ranges.</summary>
    private protected async Task ShouldArriveAsync(FileServer server, params string?[] ranges)
    {
        await FetchAsync(server);
        ShouldBeThere();
        server.Ranges.ShouldBe(ranges);
    }

    private protected void ShouldBeThere()
    {
        File.ReadAllBytes(Target).ShouldBe(Content);
        Directory.GetFiles(Path.GetDirectoryName(Target)!).ShouldBe([Target]);
    }

    /// <summary>Leaves a part as an earlier run would.</summary>
    private protected void LeavePart(FileServer server, byte[] part)
    {
        Put(Meta, $$"""{"Source":"{{server.File}}","ETag":"\u0022one\u0022"}""");
        File.WriteAllBytes(Part, part);
    }

    /// <summary>Does the work in a time that passes by seconds, and in which many tries have room.</summary>
    private protected async Task InFakeTimeAsync(Func<Task> work)
    {
        var time = new FakeTimeProvider();
        (Time, Options) = (time, new DownloadOptions { Retries = 50 });
        var working = work();
        while (!working.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(working, Task.Delay(2, Token));
        }
        await working;
    }

    // Consoles show strings without the quotation marks that a bare rendering puts around them.
    void ILogEventSink.Emit(LogEvent logEvent) =>
        _logged.Add(logEvent.RenderMessage(null).Replace("\"", "", StringComparison.Ordinal));
}
