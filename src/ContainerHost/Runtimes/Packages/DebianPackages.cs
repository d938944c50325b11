using System.Text.Json;
using System.Text.Json.Serialization;
using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Guests;
using ContainerHost.Media;
using ContainerHost.Processes;
using ContainerHost.Progress;
using ContainerHost.Specification;
using ContainerHost.Waiting;
using Serilog;

namespace ContainerHost.Runtimes.Packages;

/// <summary>
/// Installs Debian packages in a guest: the guest's apt resolves them, this side fetches its lists and each package once by digest and keeps
/// them, the guest installs without a network. A second guest downloads nothing.
/// </summary>
internal sealed class DebianPackages(
    IGuestShell shell,
    RuntimeSources sources,
    IReadOnlyList<string> names,
    TimeProvider time,
    ILogger log
)
{
    private const string Resolver = "Runtimes.Packages.resolve-packages.py";
    private const string Manifest = "/var/lib/containerhost/packages.json";
    private const string GuestArchive = "/var/lib/containerhost/packages.tar";

    // What installs by itself, and would hold dpkg's lock at a moment of its own choosing.
    private static readonly string[] Installers =
    [
        "apt-daily.timer",
        "apt-daily-upgrade.timer",
        "apt-daily.service",
        "apt-daily-upgrade.service",
        "unattended-upgrades.service",
        "packagekit.service",
    ];

    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);

    /// <summary>How long apt and we wait for dpkg's lock in a guest, as an argument of scripts.</summary>
    public static string LockSeconds { get; } = $"{TimeLimits.PackageLock.TotalSeconds:0}";

    /// <summary>The same packages for an image, which has what is asked for here already.</summary>
    public static ImageSoftware ForImage(IReadOnlyList<string> names) => new(names, EmbeddedText.Load(Resolver));

    /// <summary>Installs what is not there yet, and returns everything that was ever put in this way.</summary>
    public async Task<IReadOnlyList<InstalledArtifact>> InstallAsync(CancellationToken cancellationToken)
    {
        if (sources.Locked is null && await FindThereAsync(cancellationToken) is { } there)
        {
            log.Information("The guest has them all already: {Count} packages", there.Count);
            return there;
        }
        await RequireKnownAsync(cancellationToken);
        // Its exit code only says that a guest lacks one of them.
        await shell.RunAsync(
            new Command("systemctl", ["stop", .. Installers]),
            TimeLimits.PackageLock,
            cancellationToken
        );
        if (sources.Locked is { } locked)
            return await new LockedPackages(shell, Artifacts, locked).InstallAsync(names, cancellationToken);
        var resolution = await ResolveAsync(cancellationToken);
        if (resolution.ToInstall is { Count: > 0 } packages)
        {
            var size = new ByteSize(packages.Sum(package => package.Size));
            log.Information("Installing {Count} packages ({Size} MiB) in the guest", packages.Count, size.MiB);
            var files = await sources.Progress.RunAsync(
                "fetch packages",
                step => FetchAsync(step, [.. packages.Where(package => !package.IsThere)], cancellationToken)
            );
            var all = new StepDetail
            {
                Total = packages.Count,
                Unit = "packages",
                TotalBytes = size.Bytes,
            };
            await sources.Progress.RunAsync(
                "install packages in the guest",
                async step =>
                {
                    step.Detail = all;
                    await PackageArchive.CopyAsync(shell, files, GuestArchive, cancellationToken);
                    return await shell.RunScriptAsync(
                        "Runtimes.Packages.install-packages.sh",
                        "install packages in the guest",
                        TimeLimits.PackageInstallation,
                        cancellationToken,
                        [GuestArchive, LockSeconds, .. resolution.Names]
                    );
                },
                $"install {string.Join(' ', names)}"
            );
        }
        return [.. resolution.All.Select(package => package.ToArtifact())];
    }

    private async Task RequireKnownAsync(CancellationToken cancellationToken)
    {
        var script = GuestScript.Load("Runtimes.Packages.check-distribution.sh");
        var check = await shell.RunAsync(script.ToCommand([]), cancellationToken);
        if (!check.Succeeded)
            throw new ContainerHostException(
                "install a container runtime in the guest",
                check.StandardError.Trim() is { Length: > 0 } said ? said : $"exit code {check.ExitCode} in the guest",
                "make the host from an image of one of these, or with --runtime None."
            );
    }

    // What was put in before, by us or with its image, if that is all; null where anything may be missing.
    private async Task<IReadOnlyList<InstalledArtifact>?> FindThereAsync(CancellationToken cancellationToken)
    {
        var manifest = await shell.RunAsync(new Command("cat", Manifest), cancellationToken);
        if (!manifest.Succeeded)
            return null;
        var packages = GuestScript.ReadAnswer<Dictionary<string, Package>>(manifest.StandardOutput).Values;
        // What only some releases need comes with the others.
        var needed = names.Where(name => !name.Contains('|', StringComparison.Ordinal));
        var asked = packages.Select(package => package.Name).Union(needed);
        var known = await InstalledPackages.VersionsAsync(shell, asked, cancellationToken);
        return
            needed.All(known.ContainsKey)
            && packages.All(package => known.GetValueOrDefault(package.Name) == package.Version)
            ? [.. packages.Select(package => package.ToArtifact())]
            : null;
    }

    private async Task<Resolution> ResolveAsync(CancellationToken cancellationToken)
    {
        await using var relay = sources.Relays is { } ways ? await ways.OpenAsync(shell, cancellationToken) : null;
        const string settings = "/var/lib/containerhost/relay.conf";
        await shell.PutSecretAsync(relay?.AptSettings ?? "", settings, cancellationToken);
        var said = await shell.RunScriptAsync(
            Resolver,
            "resolve packages in the guest",
            TimeLimits.PackageInstallation,
            cancellationToken,
            [LockSeconds, settings, .. names]
        );
        return GuestScript.ReadAnswer<Resolution>(said);
    }

    // Guests, and lock files, say where packages come from; the way there is guarded.
    private IArtifactCache Artifacts => sources.Relays?.Artifacts ?? sources.Artifacts;

    private async Task<IReadOnlyList<(string Name, string Path)>> FetchAsync(
        ProgressStep step,
        IReadOnlyList<Package> packages,
        CancellationToken cancellationToken
    )
    {
        var missing = new HashSet<Package>();
        foreach (var package in packages)
            if (!await sources.Artifacts.HasAsync(package.Uri, package.Sha256, cancellationToken))
                missing.Add(package);
        var files = new List<(string Name, string Path)>();
        var (fetched, bytes, all) = (0, 0L, missing.Sum(package => package.Size));
        var told = time.GetTimestamp();
        foreach (var package in packages)
        {
            // The guest says where it is to be had.
            if (
                missing.Contains(package)
                && sources.Relays is { } relays
                && !await relays.Guard.AllowsAsync(package.Uri, cancellationToken)
            )
                throw new ContainerHostException(
                    $"fetch the package {package.Name} for the guest",
                    $"its apt names {PublicAddress.Of(package.Uri)}, which is this machine itself or a place that only it may ask",
                    "look at the guest's apt sources; an archive of this machine's own apt may be used."
                );
            var path = await Artifacts.FetchAsync(package.Uri, package.Sha256, package.Size, cancellationToken);
            files.Add((package.File, path));
            if (!missing.Contains(package))
                continue;
            (fetched, bytes) = (fetched + 1, bytes + package.Size);
            step.Detail = new StepDetail
            {
                Done = fetched,
                Total = missing.Count,
                Unit = "packages",
                Bytes = bytes,
                TotalBytes = all,
            };
            if (sources.Progress.IsDrawn || time.GetElapsedTime(told) < TellEvery)
                continue;
            told = time.GetTimestamp();
            log.Information("Fetched {Fetched} of {Missing} packages", fetched, missing.Count);
        }
        return files;
    }

    // What resolve-packages.py prints: the names that this distribution needs, the packages to install now, and all that were ever put in by us.
    private sealed record Resolution(
        IReadOnlyList<string> Names,
        IReadOnlyList<Package> ToInstall,
        IReadOnlyList<Package> All
    );

    // A package as the guest's apt resolved it: where it comes from and what it must be.
    private sealed record Package(string Name, string Version, Uri Uri, string File, string Sha256, long Size)
    {
        // The guest's apt fetched it by a way that we do not know.
        [JsonIgnore]
        public bool IsThere => Uri.Scheme is not ("http" or "https");

        public InstalledArtifact ToArtifact() => new(Name, Version, PublicAddress.Of(Uri), Sha256);
    }
}
