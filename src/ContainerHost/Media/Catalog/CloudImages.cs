using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Media.Downloads;
using ContainerHost.Media.Releases;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Media.Catalog;

/// <summary>Downloads vendors' images, each by the digest that the vendor publishes now, and keeps them in the cache.</summary>
internal sealed class CloudImages(CacheFolder cache, Downloader downloader, TimeProvider time)
{
    private readonly Poll _poll = new(time) { Interval = TimeSpan.FromMilliseconds(250) };

    /// <summary>The path of the image and its SHA-256.</summary>
    public async Task<(string Path, string Sha256)> FetchAsync(
        GuestSource.Vendor image,
        CancellationToken cancellationToken
    )
    {
        var source = new Uri(image.Folder, image.DigestList);
        var list = await downloader.FetchTextAsync(source, cancellationToken);
        var digest =
            ChecksumList.Find(list, image.File, digits: 128)
            ?? ChecksumList.Find(list, image.File)
            ?? throw new ContainerHostException(
                $"find the digest of {image.File}",
                $"{source} does not list it",
                "the vendor may have renamed it; give the image with --disk-image and --disk-image-sha256."
            );
        var fingerprint = Fingerprint.OfDigest(digest);
        var path = Path.Combine(cache.Image(fingerprint), image.File);
        var wait = new Wait(
            $"another process has fetched {image.File}",
            TimeLimits.OtherDownload,
            "end that process if it hangs."
        );
        using var taken = await ProcessLock.WaitAsync(
            cache.Lock($"image-{fingerprint}"),
            wait,
            _poll,
            cancellationToken
        );
        if (await CheckedFile.DigestOfAsync(path, cancellationToken) is { } there)
            return (path, there);
        var request = new DownloadRequest(
            image.Address,
            path,
            digest.Length == 128 ? Digest.Sha512(digest) : Digest.Sha256(digest)
        );
        await downloader.FetchAsync(request, cancellationToken);
        return (path, await CheckedFile.RecordAsync(path, cancellationToken));
    }
}
