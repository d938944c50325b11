using ContainerHost.Guests;
using ContainerHost.Media;
using ContainerHost.Runtimes.Packages;
using ContainerHost.Waiting;

namespace ContainerHost.Runtimes;

/// <summary>Installs the Debian packages of a lock file, exactly those, without asking the guest's apt which.</summary>
internal sealed class LockedPackages(
    IGuestShell shell,
    IArtifactCache artifacts,
    IReadOnlyList<InstalledArtifact> locked
)
{
    private const string GuestFolder = "/var/lib/containerhost/locked";

    /// <summary>True when the artifact is a Debian package rather than a file of a release.</summary>
    public static bool IsPackage(InstalledArtifact artifact) =>
        artifact.Origin.EndsWith(".deb", StringComparison.Ordinal);

    public async Task<IReadOnlyList<InstalledArtifact>> InstallAsync(
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
    {
        var packages = locked.Where(IsPackage).ToList();
        // What only some releases need, the list itself tells.
        var needed = names.Where(name => !name.Contains('|', StringComparison.Ordinal));
        var missing = needed.Except(packages.Select(package => package.Name)).ToList();
        // What an image has by itself is in no list.
        if (
            missing.Count > 0
            && missing.Except((await InstalledPackages.VersionsAsync(shell, missing, cancellationToken)).Keys).ToList()
                is [var first, ..]
        )
            throw LockErrors.Lacks($"the package {first}");
        if (await DifferenceAsync(packages, cancellationToken) is not null)
            await PutInAsync(packages, cancellationToken);
        if (await DifferenceAsync(packages, cancellationToken) is var (package, found))
            throw LockErrors.Differs(package.Name, package.Version, found);
        return packages;
    }

    private async Task PutInAsync(IReadOnlyList<InstalledArtifact> packages, CancellationToken cancellationToken)
    {
        var files = new List<(string Name, string Path)>();
        foreach (var one in packages)
        {
            var path = await artifacts.FetchAsync(new Uri(one.Origin), one.Sha256, size: null, cancellationToken);
            files.Add(($"{one.Name}.deb", path));
        }
        await PackageArchive.CopyAsync(shell, files, $"{GuestFolder}.tar", cancellationToken);
        await shell.RunScriptAsync(
            "Runtimes.Packages.install-locked.sh",
            "install the locked packages in the guest",
            TimeLimits.PackageInstallation,
            cancellationToken,
            $"{GuestFolder}.tar",
            GuestFolder,
            DebianPackages.LockSeconds
        );
    }

    // The first package whose version in the guest is not the locked one.
    private async Task<(InstalledArtifact Package, string Found)?> DifferenceAsync(
        IReadOnlyList<InstalledArtifact> packages,
        CancellationToken cancellationToken
    )
    {
        var known = await InstalledPackages.VersionsAsync(shell, packages.Select(one => one.Name), cancellationToken);
        foreach (var package in packages)
        {
            var found = known.GetValueOrDefault(package.Name, "none");
            if (found != package.Version)
                return (package, found);
        }
        return null;
    }
}
