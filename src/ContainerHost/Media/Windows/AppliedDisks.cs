using ContainerHost.Errors;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Waiting;
using Serilog;

namespace ContainerHost.Media.Windows;

/// <summary>Base disks that an image of Windows was applied to; each is made once and kept in the cache.</summary>
internal sealed class AppliedDisks(CacheFolder cache, IProcessRunner processes, TimeProvider time, ILogger log)
{
    private const string Disk = "disk.vhdx";

    // Some ten gigabytes are unpacked and features turned on; a slow disk takes an hour.
    private static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    private readonly Poll _poll = new(time) { Interval = TimeSpan.FromMilliseconds(250) };

    public Task<BootMedia> ObtainAsync(ImageApplication wanted, CancellationToken cancellationToken) =>
        new MadeOnce(cache, _poll).ObtainAsync(
            $"image-{wanted.Fingerprint}",
            new Wait("another process has applied the image", Limit, "end that process if it hangs."),
            () => FindAsync(wanted, cancellationToken),
            () => MakeAsync(wanted, cancellationToken),
            cancellationToken
        );

    private async Task<BootMedia?> FindAsync(ImageApplication wanted, CancellationToken cancellationToken)
    {
        var disk = Path.Combine(cache.Image(wanted.Fingerprint), Disk);
        return await CheckedFile.DigestOfAsync(disk, cancellationToken) is { } digest
            ? new BootMedia
            {
                DiskPath = disk,
                Format = DiskFormat.Vhdx,
                Applied = wanted.Image,
                Sha256 = digest,
                Origin = wanted.Origin,
                Fingerprint = wanted.Fingerprint,
                Family = GuestFamily.WindowsServer,
            }
            : null;
    }

    private async Task MakeAsync(ImageApplication wanted, CancellationToken cancellationToken)
    {
        log.Information("Applying '{Image}' to a base disk; this takes some minutes", wanted.Image.Name);
        // Always the same folder: the script finds there what a run that was cut off left attached.
        var building = cache.Building(wanted.Fingerprint, "apply");
        Directory.CreateDirectory(building);
        var disk = Path.Combine(building, Disk);
        await ApplyAsync(wanted, disk, cancellationToken);
        await CheckedFile.RecordAsync(disk, cancellationToken);
        var image = cache.Image(wanted.Fingerprint);
        if (Directory.Exists(image))
        {
            log.Warning("The disk in {Folder} was damaged; it is replaced", image);
            Directory.Delete(image, recursive: true);
        }
        Directory.Move(building, image);
    }

    private async Task ApplyAsync(ImageApplication wanted, string disk, CancellationToken cancellationToken)
    {
        var wait = new Wait(
            $"'{wanted.Image.Name}' is applied to a base disk",
            Limit,
            "look whether the disk that holds the cache is slow or full."
        );
        var result = await _poll.UntilAsync(
            wait,
            async token => Looks.Found(await processes.RunAsync(wanted.ToCommand(disk), token, Tell)),
            cancellationToken
        );
        if (!result.Succeeded)
            throw new ContainerHostException(
                $"apply '{wanted.Image.Name}' of {wanted.IsoPath} to a base disk",
                result.StandardError.Trim(),
                "run the build elevated, on a Windows with Hyper-V, its PowerShell module and space in the cache; or use --installation Setup."
            );
    }

    private void Tell(string line) => log.Information("  apply: {Line}", line);
}
