using ContainerHost.Errors;
using ContainerHost.Media.Catalog;
using ContainerHost.Media.DebianImage;
using ContainerHost.Media.Downloads;
using ContainerHost.Media.Images;
using ContainerHost.Media.Windows;
using ContainerHost.Processes;
using ContainerHost.Progress;
using ContainerHost.Specification;
using Serilog;

namespace ContainerHost.Media;

/// <summary>Obtains boot media by what a spec says: the user's own image, a vendor's, or one built from apt.</summary>
internal sealed class BootMediaStore(
    CacheFolder cache,
    IProcessRunner processes,
    Downloader downloader,
    TimeProvider time,
    ILogger log
) : IBootMediaSource
{
    private readonly HttpArtifactCache _artifacts = new(cache, downloader, time);

    /// <summary>True to build nothing, as building asks apt's archive; downloads are refused by the downloader.</summary>
    public bool Offline { get; init; }

    /// <summary>Where what is built can be seen; nobody looks by default.</summary>
    public ProgressBoard Progress { get; init; } = new(TimeProvider.System);

    public async Task<BootMedia> ObtainAsync(MediaRequest request, CancellationToken cancellationToken)
    {
        var media = await FindAsync(request, cancellationToken);
        return (request.DiskFormat, media) switch
        {
            (null, _) or (_, not BaseDisk) => media,
            (DiskFormat.Vhdx, BaseDisk disk) => await new VhdxConversion(cache, processes, time).ConvertAsync(
                disk,
                cancellationToken
            ),
            var (other, _) => throw new NotSupportedException($"Disks are not converted to {other}."),
        };
    }

    private async Task<BootMedia> FindAsync(MediaRequest request, CancellationToken cancellationToken) =>
        request.Spec switch
        {
            { DiskImage: { } image } => await ObtainOwnAsync(
                image,
                request.Spec.DiskImageSha256,
                "--disk-image",
                request,
                cancellationToken
            ),
            { Guest.Source: GuestSource.Apt apt } => await BuildAsync(apt, request, cancellationToken),
            { Guest.Source: GuestSource.Vendor vendor } => await FetchAsync(vendor, request, cancellationToken),
            { Guest.Source: GuestSource.Listed } => await ObtainListedAsync(request, cancellationToken),
            { Guest.Source: GuestSource.Medium } => await new WindowsMedia(
                cache,
                _artifacts,
                new AppliedDisks(cache, processes, time, log),
                log
            ).ObtainAsync(request, cancellationToken),
            _ => throw new NotSupportedException($"nothing says where {request.Spec.Guest.Title} comes from"),
        };

    private async Task<BootMedia> BuildAsync(
        GuestSource.Apt source,
        MediaRequest request,
        CancellationToken cancellationToken
    )
    {
        var indexes = new AptIndexes(cache, processes, time, log) { Offline = Offline };
        var recipe = await DebianImageRecipe.FromMachineAsync(
            source.Release,
            request.Software,
            indexes,
            cancellationToken
        );
        var wanted = request.Fingerprint ?? recipe.Fingerprint;
        var builder = new DebianImageBuilder(cache, processes, time, log);
        if (await builder.FindAsync(recipe.Release, wanted, cancellationToken) is { } kept)
            return kept;
        if (Offline)
            throw DownloadError.Offline($"packages for the image {wanted} of {request.Spec.Guest.Title}");
        return await Progress.RunAsync(
            $"build the image of {request.Spec.Guest.Id}",
            async step =>
            {
                builder.Tells = stage => step.Detail = new StepDetail { Stage = stage };
                return await builder.ObtainAsync(recipe, cancellationToken);
            },
            $"image {recipe.Release} {recipe.Software is not null}"
        );
    }

    private async Task<BootMedia> FetchAsync(
        GuestSource.Vendor source,
        MediaRequest request,
        CancellationToken cancellationToken
    )
    {
        var (path, sha256) = await new CloudImages(cache, downloader, time).FetchAsync(source, cancellationToken);
        var image = new DiskImageReader(processes, path, PublicAddress.Of(source.Address));
        return await image.ReadAsync(request.NeedsUefi, cancellationToken, sha256);
    }

    private async Task<BootMedia> ObtainListedAsync(MediaRequest request, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var guest = request.Spec.Guest.Id;
        var listed =
            MediaCatalog.Read(request.Spec.Catalog, problems).FindImage(guest)
            ?? throw new InvalidInputException([.. problems, $"--guest {guest} is in no catalogue that is there."]);
        return listed.Published is { } published
            ? await FetchAsync(published, request, cancellationToken)
            : await ObtainOwnAsync(listed.Image, listed.Sha256, "--catalog", request, cancellationToken);
    }

    private async Task<BootMedia> ObtainOwnAsync(
        string image,
        string? must,
        string parameter,
        MediaRequest request,
        CancellationToken cancellationToken
    )
    {
        var given = await new GivenFiles(_artifacts).ObtainAsync(
            "the disk image",
            image,
            must,
            parameter,
            cancellationToken
        );
        var start = await DiskImageReader.BeginningAsync(given.Path, ForeignFile.Telling, cancellationToken);
        if (Compression.Of(start) is not { } compression)
            return await ReadAsync(given.Path, given.Sha256);
        log.Information("{Image} is packed ({Compression}); it is unpacked into the cache", given.Origin, compression);
        var unpacker = new ImageUnpacker(cache, time);
        var (disk, sha256) = await unpacker.UnpackAsync(given.Path, given.Sha256, compression, cancellationToken);
        try
        {
            return await ReadAsync(disk, sha256);
        }
        catch (UnusableFileException)
        {
            CheckedFile.Delete(disk);
            throw;
        }

        Task<BaseDisk> ReadAsync(string path, string digest) =>
            new DiskImageReader(processes, path, given.Origin).ReadAsync(request.NeedsUefi, cancellationToken, digest);
    }
}
