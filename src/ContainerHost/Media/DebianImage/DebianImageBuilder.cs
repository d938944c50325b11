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

    /// <summary>Is told what mmdebstrap is at; nobody by default.</summary>
    public Action<string>? Tells { get; set; }

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
        var remains = new BuildRemains(cache, processes, _poll);
        await remains.RemoveAsync(recipe.Fingerprint, cancellationToken);
        log.Information(
            "Building the Debian image {Fingerprint} with mmdebstrap, {Software}; this takes a minute or so",
            recipe.Fingerprint,
            recipe.Software is null ? "the system alone" : "the container runtime in it"
        );
        await UndoStack.RunAsync(async undo =>
        {
            undo.Push("remove the build", () => remains.RemoveAsync(recipe.Fingerprint, CancellationToken.None));
            var output = await MakeAsync(recipe, cancellationToken);
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

    private async Task<string> MakeAsync(DebianImageRecipe recipe, CancellationToken cancellationToken)
    {
        var folder = NewFolder(recipe);
        var output = Path.Combine(folder, "output");
        Directory.CreateDirectory(output);
        // Sources may carry the password of a private mirror.
        var sources = Path.Combine(folder, "sources.list");
        await AtomicFile.WriteTextAsync(sources, recipe.SourcesList, cancellationToken, secret: true);
        foreach (var (name, text) in Scripts)
            await File.WriteAllTextAsync(Path.Combine(folder, name), text, cancellationToken);
        if (recipe.Software is { } software)
            await File.WriteAllTextAsync(Path.Combine(folder, Resolver), software.Resolver, cancellationToken);
        foreach (var command in (Command[])[Mmdebstrap(recipe, folder), MakeDisk(folder, output)])
        {
            var result = await processes.RunAsync(Unshared.Of(command), cancellationToken, Tell);
            if (!result.Succeeded)
                throw Failed(recipe, command.Program, result);
        }
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
            Software = recipe.Software?.Packages,
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

    private const string CustomizeScript = "customize.sh";
    private const string InstallScript = "install-software.sh";
    private const string MakeDiskScript = "make-disk.sh";
    private const string Resolver = "resolve-packages.py";

    private static readonly (string Name, string Text)[] Scripts =
    [
        (CustomizeScript, DebianImageRecipe.CustomizeHook),
        (InstallScript, DebianImageRecipe.InstallHook),
        (MakeDiskScript, DebianImageRecipe.MakeDisk),
    ];

    private static Command Mmdebstrap(DebianImageRecipe recipe, string folder) =>
        new(
            "mmdebstrap",
            [
                "--mode=root",
                "--variant=minbase",
                "--format=directory",
                $"--include={string.Join(',', DebianImageRecipe.Packages)}",
                .. recipe.Software is { } software
                    ? [Hook(folder, InstallScript, [Path.Combine(folder, Resolver), .. software.Packages])]
                    : Array.Empty<string>(),
                Hook(folder, CustomizeScript, []),
                // The guest installs what it lacks by these lists.
                "--skip=cleanup/apt/lists",
                recipe.Release,
                RootIn(folder),
                Path.Combine(folder, "sources.list"),
            ]
        )
        {
            Environment = new Dictionary<string, string?>
            {
                ["SOURCE_DATE_EPOCH"] = DebianImageRecipe.Epoch,
                ["TMPDIR"] = folder,
            },
        };

    private static Command MakeDisk(string folder, string output) =>
        new("sh", Path.Combine(folder, MakeDiskScript), RootIn(folder), output)
        {
            Environment = new Dictionary<string, string?>
            {
                ["DISK_SIZE"] = $"{DebianImageRecipe.DiskMiB}",
                ["DISK_UUID"] = DebianImageRecipe.DiskUuid,
                ["E2FSPROGS_FAKE_TIME"] = DebianImageRecipe.Epoch,
            },
        };

    // mmdebstrap has a shell run hooks with the new root's folder as first argument.
    private static string Hook(string folder, string script, IEnumerable<string> words) =>
        $"--customize-hook=sh {PosixShell.Quote(Path.Combine(folder, script))} \"$1\" {string.Join(' ', words.Select(PosixShell.Quote))}".TrimEnd();

    private static string RootIn(string folder) => Path.Combine(folder, "root");

    private void Tell(string line)
    {
        if (line.StartsWith("I: ", StringComparison.Ordinal))
        {
            log.Information("  mmdebstrap: {Line}", PublicAddress.In(line[3..]));
            Tells?.Invoke(PublicAddress.In(line[3..]));
        }
        else
            log.Verbose("{Line}", PublicAddress.In(line));
    }

    private static ContainerHostException Failed(DebianImageRecipe recipe, string program, CommandResult result)
    {
        var said = string.Join('\n', result.StandardError.Trim().Split('\n').TakeLast(12));
        return new ContainerHostException(
            $"build the Debian image with {program}",
            $"exit code {result.ExitCode}\n{PublicAddress.In(said)}",
            result.StandardError.Contains("NO_PUBKEY", StringComparison.Ordinal)
                ? new GuestSource.Apt(recipe.Release).KeyringAdvice
                : "see that 'apt-get update' works on this machine: the image is made from the same sources."
        );
    }
}
