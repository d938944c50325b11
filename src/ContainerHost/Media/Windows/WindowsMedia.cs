using ContainerHost.Errors;
using ContainerHost.Specification;
using Serilog;

namespace ContainerHost.Media.Windows;

/// <summary>Obtains installation media of Windows Server: the user's own, one that is there already, or a download; opened to see what it is.</summary>
internal sealed class WindowsMedia(CacheFolder cache, IArtifactCache artifacts, AppliedDisks disks, ILogger log)
{
    private readonly GivenFiles _given = new(artifacts);

    public async Task<BootMedia> ObtainAsync(MediaRequest request, CancellationToken cancellationToken)
    {
        var spec = request.Spec;
        var windows = spec.Windows!;
        var (path, origin, sha256) = await FindAsync(request, windows, cancellationToken);
        var iso = WindowsIsoReader.Read(path);
        var image = WindowsIsoReader.Find(iso, path, windows.Edition);
        log.Information("The medium installs '{Image}', build {Build}", image.Name, image.Build);
        if (windows.Installation == WindowsInstallation.Apply)
            return await disks.ObtainAsync(
                new ImageApplication(path, sha256, origin, iso.WimPath)
                {
                    Image = image.ToGuest(),
                    Features = ImageApplication.FeaturesFor(spec),
                },
                cancellationToken
            );
        return new InstallationMedium
        {
            IsoPath = path,
            Image = image.ToGuest(),
            Drivers = await FindDriversAsync(windows, image.Build, cancellationToken),
            Sha256 = sha256,
            Origin = origin,
            Fingerprint = Fingerprint.OfText($"{sha256} {image.Index}"),
        };
    }

    private async Task<(string Path, string Origin, string Sha256)> FindAsync(
        MediaRequest request,
        WindowsSpec windows,
        CancellationToken cancellationToken
    )
    {
        if (windows.Iso is { } iso)
        {
            var given = await _given.ObtainAsync(
                "the installation medium",
                iso,
                windows.IsoSha256,
                "--iso",
                cancellationToken
            );
            return (given.Path, given.Origin, given.Sha256);
        }
        var medium = Wanted(request.Spec);
        var origin = PublicAddress.Of(medium.Url);
        foreach (var folder in request.Folders.Append(cache.Path))
        {
            var path = Path.Combine(folder, medium.FileName);
            if (await IsAsync(path, medium, cancellationToken))
                return (path, origin, medium.Sha256.ToLowerInvariant());
        }
        var fetched = await artifacts.FetchAsync(
            medium.Url,
            medium.Sha256.ToLowerInvariant(),
            medium.Size,
            cancellationToken
        );
        return (fetched, origin, medium.Sha256.ToLowerInvariant());
    }

    private static WindowsMedium Wanted(HostSpec spec)
    {
        var problems = new List<string>();
        return MediaCatalog.Read(spec.Catalog, problems).Find(spec.Guest.Id)
            ?? throw new InvalidInputException([
                .. problems,
                $"--guest {spec.Guest.Id} is in no catalogue that is there. Give its medium with --iso, or the catalogue with --catalog.",
            ]);
    }

    // Somebody put it there; it is used when it is the right one, and left alone in any case.
    private async Task<bool> IsAsync(string path, WindowsMedium medium, CancellationToken cancellationToken)
    {
        if (!File.Exists(path) || (medium.Size is { } size && new FileInfo(path).Length != size))
            return false;
        log.Information("Checking {Path}, which is there already", path);
        var found = await CheckedFile.ComputeAsync(path, cancellationToken);
        if (found.Equals(medium.Sha256, StringComparison.OrdinalIgnoreCase))
            return true;
        log.Warning(
            "{Path} has SHA-256 {Found} instead of {Must}; it is left alone, and not used",
            path,
            found,
            medium.Sha256
        );
        return false;
    }

    private async Task<DriverMedium?> FindDriversAsync(
        WindowsSpec windows,
        int? build,
        CancellationToken cancellationToken
    )
    {
        if (windows.VirtioDrivers is not { } drivers)
            return null;
        var given = await _given.ObtainAsync(
            "the drivers' medium",
            drivers,
            windows.VirtioDriversSha256,
            "--virtio-drivers",
            cancellationToken
        );
        return new DriverMedium(given.Path, given.Origin, given.Sha256, VirtioDrivers.Find(given.Path, build));
    }
}
