using System.Text.Json;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Undoing;
using ContainerHost.Waiting;
using Serilog;

namespace ContainerHost.Media.DebianImage;

/// <summary>Builds Debian images with mmdebstrap, once for each recipe however many processes ask, and keeps them in the cache.</summary>
internal sealed class DebianImageBuilder(CacheFolder cache, IProcessRunner processes, TimeProvider time, ILogger log)
{
    private const string Disk = "disk.raw";
    private const string Kernel = "vmlinuz";
    private const string Initrd = "initrd";
    private const string KernelCommandLine = "root=LABEL=root ro quiet";

    private readonly Poll _poll = new(time) { Interval = TimeSpan.FromMilliseconds(250) };

    public Task<BootMedia> ObtainAsync(DebianImageRecipe recipe, CancellationToken cancellationToken) =>
        new MadeOnce(cache, _poll).ObtainAsync(
            $"image-{recipe.Fingerprint}",
            new Wait("another process has built the image", TimeLimits.OtherBuild, "end that process if it hangs."),
            () => FindAsync(recipe.Release, recipe.Fingerprint, cancellationToken),
            () => BuildAsync(recipe, cancellationToken),
            cancellationToken
        );

    /// <summary>The image kept under a fingerprint; null when there is none, or it is damaged.</summary>
    public async Task<BootMedia?> FindAsync(string release, string fingerprint, CancellationToken cancellationToken)
    {
        var folder = cache.Image(fingerprint);
        var digest = await CheckedFile.DigestOfAsync(Path.Combine(folder, Disk), cancellationToken);
        foreach (var name in (string[])[Kernel, Initrd])
        {
            if (
                digest is null
                || await CheckedFile.DigestOfAsync(Path.Combine(folder, name), cancellationToken) is null
            )
                return null;
        }
        return new KernelDisk
        {
            DiskPath = Path.Combine(folder, Disk),
            Format = DiskFormat.Raw,
            Sha256 = digest!,
            Origin = $"apt:{release}",
            Fingerprint = fingerprint,
            KernelPath = Path.Combine(folder, Kernel),
            InitrdPath = Path.Combine(folder, Initrd),
            KernelCommandLine = KernelCommandLine,
        };
    }

    private async Task BuildAsync(DebianImageRecipe recipe, CancellationToken cancellationToken)
    {
        var root = new RootCommands(processes);
        var remains = new BuildRemains(cache, root, _poll);
        await remains.RemoveAsync(recipe.Fingerprint, cancellationToken);
        log.Information(
            "Building the Debian image {Fingerprint} with mmdebstrap; this takes a minute or so",
            recipe.Fingerprint
        );
        await UndoStack.RunAsync(async undo =>
        {
            undo.Push("remove the build", () => remains.RemoveAsync(recipe.Fingerprint, CancellationToken.None));
            var output = await BuildAsync(recipe, root, cancellationToken);
            await SealAsync(recipe, output, cancellationToken);
            return output;
        });
        try
        {
            await remains.RemoveAsync(recipe.Fingerprint, CancellationToken.None);
        }
        catch (ContainerHostException left)
        {
            log.Warning("The image is built. {Error}", left.Message);
        }
    }

    private async Task<string> BuildAsync(
        DebianImageRecipe recipe,
        RootCommands root,
        CancellationToken cancellationToken
    )
    {
        var folder = NewFolder(recipe);
        var output = Path.Combine(folder, "output");
        Directory.CreateDirectory(output);
        // Sources may carry the password of a private mirror.
        var sources = Path.Combine(folder, "sources.list");
        await AtomicFile.WriteTextAsync(sources, recipe.SourcesList, cancellationToken, secret: true);
        foreach (var (name, text) in Hooks)
            await File.WriteAllTextAsync(Path.Combine(folder, name), text, cancellationToken);
        var result = await root.RunAsync(Mmdebstrap(recipe, folder, output), cancellationToken, Tell);
        if (!result.Succeeded)
            throw Failed(result);
        await root.TakeOwnershipAsync(output, cancellationToken);
        return output;
    }

    // The image takes its name once all of it is known and on the disk; a damaged one is moved out of its way and goes with the remains.
    private async Task SealAsync(DebianImageRecipe recipe, string output, CancellationToken cancellationToken)
    {
        foreach (var name in (string[])[Disk, Kernel, Initrd])
        {
            var path = Path.Combine(output, name);
            using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite))
                RandomAccess.FlushToDisk(file);
            await CheckedFile.RecordAsync(path, cancellationToken);
        }
        var about = new
        {
            recipe.Release,
            recipe.Fingerprint,
            Sources = PublicAddress.In(recipe.SourcesList),
            DebianImageRecipe.Packages,
        };
        var text = JsonSerializer.Serialize(about, SpecificationJson.Options);
        await AtomicFile.WriteTextAsync(Path.Combine(output, "image.json"), text + "\n", cancellationToken);
        var image = cache.Image(recipe.Fingerprint);
        if (Directory.Exists(image))
        {
            log.Warning("The image in {Folder} was damaged; it is replaced", image);
            Directory.Move(image, NewFolder(recipe));
        }
        Directory.Move(output, image);
    }

    private string NewFolder(DebianImageRecipe recipe) =>
        cache.Building(recipe.Fingerprint, Guid.NewGuid().ToString("N")[..8]);

    private static readonly (string Name, string Text)[] Hooks =
    [
        ("customize.sh", DebianImageRecipe.CustomizeHook),
        ("make-disk.sh", DebianImageRecipe.MakeDiskHook),
    ];

    private static Command Mmdebstrap(DebianImageRecipe recipe, string folder, string output) =>
        new(
            "mmdebstrap",
            [
                "--mode=root",
                "--variant=minbase",
                "--format=null",
                $"--include={string.Join(',', DebianImageRecipe.Packages)}",
                // mmdebstrap has a shell run hooks with the new root's folder as first argument.
                .. Hooks.Select(hook =>
                    $"--customize-hook=sh {PosixShell.Quote(Path.Combine(folder, hook.Name))} \"$1\""
                ),
                recipe.Release,
                "/dev/null",
                Path.Combine(folder, "sources.list"),
            ]
        )
        {
            Environment = new Dictionary<string, string?>
            {
                ["OUTPUT"] = output,
                ["DISK_SIZE"] = $"{DebianImageRecipe.DiskMiB}",
                ["DISK_UUID"] = DebianImageRecipe.DiskUuid,
                ["SOURCE_DATE_EPOCH"] = DebianImageRecipe.Epoch,
                ["TMPDIR"] = folder,
            },
        };

    private void Tell(string line)
    {
        if (line.StartsWith("I: ", StringComparison.Ordinal))
            log.Information("  mmdebstrap: {Line}", PublicAddress.In(line[3..]));
        else
            log.Verbose("{Line}", PublicAddress.In(line));
    }

    private static ContainerHostException Failed(CommandResult result)
    {
        var said = string.Join('\n', result.StandardError.Trim().Split('\n').TakeLast(12));
        return new ContainerHostException(
            "build the Debian image with mmdebstrap",
            $"exit code {result.ExitCode}\n{PublicAddress.In(said)}",
            "see that 'apt-get update' works on this machine: the image is made from the same sources."
        );
    }
}
