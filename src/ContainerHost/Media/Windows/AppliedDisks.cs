using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Undoing;
using ContainerHost.Waiting;
using Serilog;

namespace ContainerHost.Media.Windows;

/// <summary>
/// Base disks that an image of Windows was applied to; each is made once and kept in the cache. One is made at a time in a cache, since they may
/// share a medium, which is attached once on a machine.
/// </summary>
internal sealed class AppliedDisks(CacheFolder cache, IProcessRunner processes, TimeProvider time, ILogger log)
{
    private const string Disk = "disk.vhdx";
    private const string Unfinished = "apply";

    private static readonly string Release = EmbeddedText.Load("Media.Windows.release-image.ps1");

    private readonly Poll _poll = new(time) { Interval = TimeSpan.FromMilliseconds(250) };

    public Task<AppliedDisk> ObtainAsync(ImageApplication wanted, CancellationToken cancellationToken) =>
        new MadeOnce(cache, _poll).ObtainAsync(
            "apply-image",
            new Wait(
                "another process has applied an image",
                TimeLimits.ImageApplication,
                "end that process if it hangs."
            ),
            () => FindAsync(wanted, cancellationToken),
            () => MakeAsync(wanted, cancellationToken),
            cancellationToken
        );

    private async Task<AppliedDisk?> FindAsync(ImageApplication wanted, CancellationToken cancellationToken)
    {
        var disk = Path.Combine(cache.Image(wanted.Fingerprint), Disk);
        return await CheckedFile.DigestOfAsync(disk, cancellationToken) is { } digest
            ? new AppliedDisk
            {
                DiskPath = disk,
                Format = DiskFormat.Vhdx,
                Image = wanted.Image,
                Sha256 = digest,
                Origin = wanted.Origin,
                Fingerprint = wanted.Fingerprint,
            }
            : null;
    }

    private async Task MakeAsync(ImageApplication wanted, CancellationToken cancellationToken)
    {
        log.Information("Applying '{Image}' to a base disk; this takes some minutes", wanted.Image.Name);
        await RemoveRemainsAsync(cancellationToken);
        // Never the folder of a run before: a script that outlived its build would still work in it.
        var building = cache.Building($"{Unfinished}-{wanted.Fingerprint}", Guid.NewGuid().ToString("N")[..8]);
        Directory.CreateDirectory(building);
        await UndoStack.RunAsync(async undo =>
        {
            undo.Push("remove the unfinished disk", () => RemoveRemainsAsync(CancellationToken.None));
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
            return image;
        });
    }

    private async Task ApplyAsync(ImageApplication wanted, string disk, CancellationToken cancellationToken)
    {
        var wait = new Wait(
            $"'{wanted.Image.Name}' is applied to a base disk",
            TimeLimits.ImageApplication,
            "look whether the disk that holds the cache is slow or full."
        );
        var result = await RunAsync(wanted.ToCommand(disk), wait, cancellationToken);
        if (!result.Succeeded)
            throw new ContainerHostException(
                $"apply '{wanted.Image.Name}' of {wanted.IsoPath} to a base disk",
                result.StandardError.Trim(),
                "run the build elevated, on a Windows with Hyper-V that is as new as the image and has space in the cache; or use --installation Setup."
            );
    }

    // Those of every image: whoever has the lock is the only one at work.
    private async Task RemoveRemainsAsync(CancellationToken cancellationToken)
    {
        var images = cache.Images;
        if (!Directory.Exists(images))
            return;
        foreach (var folder in Directory.EnumerateDirectories(images, $".building-{Unfinished}-*"))
        {
            var disk = Path.Combine(folder, Disk);
            var wait = new Wait(
                $"{disk} is detached",
                TimeLimits.DiskRelease,
                "detach it in the disk management of Windows."
            );
            var said = "";
            if (File.Exists(disk) || File.Exists($"{disk}.medium"))
                said = (
                    await RunAsync(new PowerShellJob(Release, disk).ToCommand(), wait, cancellationToken)
                ).StandardError;
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception held) when (held is IOException or UnauthorizedAccessException)
            {
                throw new ContainerHostException(
                    "remove what an earlier run left of a base disk",
                    $"{held.Message}\n{said}".Trim(),
                    $"detach {disk} in the disk management of Windows, and remove {folder}."
                );
            }
        }
    }

    private Task<CommandResult> RunAsync(Command command, Wait wait, CancellationToken cancellationToken) =>
        _poll.UntilAsync(
            wait,
            async token => Looks.Found(await processes.RunAsync(command, token, Tell)),
            cancellationToken
        );

    private void Tell(string line) => log.Information("  apply: {Line}", line);
}
