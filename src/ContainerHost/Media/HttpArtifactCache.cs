using ContainerHost.Media.Downloads;
using ContainerHost.Waiting;

namespace ContainerHost.Media;

/// <summary>Artifacts by HTTP, each kept in a folder named by its digest; processes that want the same one fetch it once.</summary>
internal sealed class HttpArtifactCache(CacheFolder cache, Downloader downloader, TimeProvider time) : IArtifactCache
{
    private readonly Poll _poll = new(time) { Interval = TimeSpan.FromMilliseconds(200) };

    public Task<bool> HasAsync(Uri source, string sha256, CancellationToken cancellationToken) =>
        IsThereAsync(PathOf(source, sha256), sha256, cancellationToken);

    public Task<string> FetchAsync(Uri source, string sha256, long? size, CancellationToken cancellationToken)
    {
        var path = PathOf(source, sha256);
        var awaited = $"another process has fetched {PublicAddress.Of(source)}";
        return new MadeOnce(cache, _poll).ObtainAsync(
            sha256,
            new Wait(awaited, TimeLimits.OtherDownload, "end that process if it hangs."),
            async () => await IsThereAsync(path, sha256, cancellationToken) ? path : null,
            async () =>
            {
                var request = new DownloadRequest(source, path, Digest.Sha256(sha256), size);
                await downloader.FetchAsync(request, cancellationToken);
                await CheckedFile.RecordAsync(path, sha256, cancellationToken);
            },
            cancellationToken
        );
    }

    private string PathOf(Uri source, string sha256) => Path.Combine(cache.Artifact(sha256), NameOf(source));

    private static async Task<bool> IsThereAsync(string path, string sha256, CancellationToken cancellationToken) =>
        await CheckedFile.DigestOfAsync(path, cancellationToken) == sha256;

    /// <summary>The last part of an address as a file name that is legal everywhere, Windows included.</summary>
    internal static string NameOf(Uri source)
    {
        var name = string.Concat(
            Uri.UnescapeDataString(source.Segments[^1].TrimEnd('/'))
                .Select(c => char.IsControl(c) || "\\/:*?\"<>|".Contains(c, StringComparison.Ordinal) ? '_' : c)
        );
        return name.Trim('.', ' ').Length > 0 ? name.TrimEnd('.', ' ') : "file";
    }
}
