using ContainerHost.Files;
using ContainerHost.Media.Downloads;
using ContainerHost.Waiting;

namespace ContainerHost.Media;

/// <summary>Artifacts by HTTP, each kept in a folder named by its digest; processes that want the same one fetch it once.</summary>
public sealed class HttpArtifactCache(CacheFolder cache, Downloader downloader, TimeProvider time) : IArtifactCache
{
    private static readonly TimeSpan LockLimit = TimeSpan.FromHours(2);

    private readonly Poll _poll = new(time) { Interval = TimeSpan.FromMilliseconds(200) };

    /// <inheritdoc/>
    public async Task<string> FetchAsync(Uri source, string sha256, long? size, CancellationToken cancellationToken)
    {
        var path = Path.Combine(cache.Artifact(sha256), NameOf(source));
        if (await IsThereAsync(path, sha256, cancellationToken))
            return path;
        var wait = new Wait($"another process has fetched {source}", LockLimit, "end that process if it hangs.");
        using var taken = await FileLock.WaitAsync(cache.Lock(sha256), wait, _poll, cancellationToken);
        if (await IsThereAsync(path, sha256, cancellationToken))
            return path;
        await downloader.FetchAsync(new DownloadRequest(source, path, Digest.Sha256(sha256), size), cancellationToken);
        await CheckedFile.RecordAsync(path, cancellationToken);
        return path;
    }

    private static async Task<bool> IsThereAsync(string path, string sha256, CancellationToken cancellationToken) =>
        await CheckedFile.DigestOfAsync(path, cancellationToken) == sha256;

    private static string NameOf(Uri source) =>
        Uri.UnescapeDataString(source.Segments[^1]).Replace('/', '_') is { Length: > 0 } name ? name : "file";
}
