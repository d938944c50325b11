using System.Security.Cryptography;
using ContainerHost.Errors;
using ContainerHost.Media.Downloads;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace ContainerHost.Tests.Media.Downloads;

/// <summary>A file to download, a folder to download it to, and a downloader whose pauses are short.</summary>
internal sealed class DownloadFixture : IDisposable, ILogEventSink
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ch-download-");
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly List<string> _logged = [];

    public byte[] Content { get; } = RandomNumberGenerator.GetBytes(3_000_000);

    public string Folder => _folder.FullName;

    public string Target => Path.Combine(Folder, "media", "disk.bin");

    public string Part => $"{Target}.part";

    public string Meta => $"{Target}.part.json";

    public string Logged => string.Join('\n', _logged);

    public DownloadOptions Options { get; init; } = new() { Retries = 4, FirstPause = TimeSpan.FromMilliseconds(1) };

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Func<string, long>? FreeSpace { get; init; }

    public Downloader Downloader =>
        FreeSpace is null
            ? new Downloader(_http, Time, Log, Options)
            : new Downloader(_http, Time, Log, Options) { FreeSpace = FreeSpace };

    public ILogger Log => new LoggerConfiguration().WriteTo.Sink(this).CreateLogger();

    public DownloadRequest Request(Uri source, long? size = null) =>
        new(source, Target, Digest.Sha256(Convert.ToHexString(SHA256.HashData(Content))), size);

    public Task FetchAsync(FileServer server, long? size = null) =>
        Downloader.FetchAsync(Request(server.File, size), TestContext.Current.CancellationToken);

    public async Task<ContainerHostException> FailAsync(FileServer server, long? size = null) =>
        await Should.ThrowAsync<ContainerHostException>(FetchAsync(server, size));

    public void ShouldBeThere()
    {
        File.ReadAllBytes(Target).ShouldBe(Content);
        Directory.GetFiles(Path.GetDirectoryName(Target)!).ShouldBe([Target]);
    }

    /// <summary>Leaves a part as an earlier run would.</summary>
    public void LeavePart(FileServer server, byte[] part, string tag = "\"one\"")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllBytes(Part, part);
        File.WriteAllText(
            Meta,
            $$"""{"Source":"{{server.File}}","ETag":{{System.Text.Json.JsonSerializer.Serialize(tag)}}}"""
        );
    }

    // Consoles show strings without the quotation marks that a bare rendering puts around them.
    public void Emit(LogEvent logEvent) =>
        _logged.Add(logEvent.RenderMessage(null).Replace("\"", "", StringComparison.Ordinal));

    public void Dispose()
    {
        _http.Dispose();
        _folder.Delete(recursive: true);
    }
}
