using ContainerHost.Media.Catalog;
using ContainerHost.Media.DebianImage;
using ContainerHost.Media.Downloads;
using ContainerHost.Media.Windows;
using ContainerHost.Processes;
using ContainerHost.Specification;
using Serilog;

namespace ContainerHost.Media;

/// <summary>Obtains boot media by what a spec says: the user's own image, a vendor's, or one built from apt.</summary>
public sealed class BootMediaStore(
    CacheFolder cache,
    IProcessRunner processes,
    Downloader downloader,
    TimeProvider time,
    ILogger log
) : IBootMediaSource
{
    private readonly DiskImageReader _images = new(processes);

    /// <summary>Where Debian's cloud image is published.</summary>
    public CloudImage DebianCloud { get; init; } = CloudImage.Debian12;

    /// <summary>True to build nothing, as building asks apt's archive; downloads are refused by the downloader.</summary>
    public bool Offline { get; init; }

    /// <inheritdoc/>
    public async Task<BootMedia> ObtainAsync(MediaRequest request, CancellationToken cancellationToken)
    {
        var media = await FindAsync(request, cancellationToken);
        return request.DiskFormat switch
        {
            null => media,
            DiskFormat.Vhdx => await new VhdxConversion(cache, processes).ConvertAsync(media, cancellationToken),
            { } other => throw new NotSupportedException($"Disks are not converted to {other}."),
        };
    }

    private async Task<BootMedia> FindAsync(MediaRequest request, CancellationToken cancellationToken)
    {
        var spec = request.Spec;
        if (spec.DiskImage is { } image)
            return await ObtainOwnAsync(image, spec, cancellationToken);
        if (spec.Guest.Family == GuestFamily.WindowsServer)
            return await new WindowsMedia(
                cache,
                new HttpArtifactCache(cache, downloader, time),
                new AppliedDisks(cache, processes, time, log),
                log
            ).ObtainAsync(request, cancellationToken);
        if (spec.Guest == GuestCatalog.Debian12Cloud)
        {
            var images = new CloudImages(cache, downloader, time);
            var (path, sha256) = await images.FetchAsync(DebianCloud, cancellationToken);
            var origin = PublicAddress.Of(DebianCloud.Address);
            return await _images.ReadAsync(path, origin, spec.Guest.Family, cancellationToken, sha256);
        }
        var recipe = DebianImageRecipe.FromMachine("bookworm");
        var builder = new DebianImageBuilder(cache, processes, time, log);
        var kept = await builder.FindAsync(
            recipe.Release,
            request.Fingerprint ?? recipe.Fingerprint,
            cancellationToken
        );
        if (kept is null && Offline)
            throw DownloadError.Offline(
                $"packages for the image {request.Fingerprint ?? recipe.Fingerprint} of {spec.Guest.Title}"
            );
        return kept ?? await builder.ObtainAsync(recipe, cancellationToken);
    }

    private async Task<BootMedia> ObtainOwnAsync(string image, HostSpec spec, CancellationToken cancellationToken)
    {
        var given = await new GivenFiles(new HttpArtifactCache(cache, downloader, time)).ObtainAsync(
            "the disk image",
            image,
            spec.DiskImageSha256,
            "--disk-image",
            cancellationToken
        );
        return await _images.ReadAsync(given.Path, given.Origin, spec.Guest.Family, cancellationToken, given.Sha256);
    }
}
