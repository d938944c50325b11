using ContainerHost.Guests;
using ContainerHost.Media.Releases;
using ContainerHost.Specification;

namespace ContainerHost.Runtimes.Windows;

/// <summary>Brings the releases that containerd on Windows is made of into a guest, which needs no network for them.</summary>
internal sealed class WindowsReleases(IGuestShell shell, RuntimeSources sources)
{
    private const string GuestFolder = @"C:\ProgramData\ContainerHost\releases";

    private static readonly ReleaseComponent[] Companions =
    [
        ReleaseComponent.NerdctlForWindows,
        ReleaseComponent.WindowsCni,
        ReleaseComponent.BuildKitForWindows,
    ];

    /// <summary>The archives' paths in the guest (containerd, nerdctl, CNI plugins, BuildKit), and what they are.</summary>
    public async Task<(IReadOnlyList<string> Archives, IReadOnlyList<InstalledArtifact> Artifacts)> BringAsync(
        VersionWish wish,
        CancellationToken cancellationToken
    )
    {
        var files = new List<PinnedFile>
        {
            await sources.FindAsync(ReleaseComponent.ContainerdForWindows, wish, cancellationToken),
        };
        foreach (var companion in Companions)
            files.Add(await sources.FindAsync(companion, VersionWish.Latest, cancellationToken));
        var archives = new List<string>();
        foreach (var file in files)
            archives.Add(await UploadAsync(file, cancellationToken));
        return (archives, [.. files.Select(InstalledArtifact.Of)]);
    }

    private async Task<string> UploadAsync(PinnedFile file, CancellationToken cancellationToken)
    {
        var path = await sources.Artifacts.FetchAsync(file.Source, file.Sha256, file.Size, cancellationToken);
        var target = $@"{GuestFolder}\{file.Name}-{file.Sha256[..12]}.zip";
        if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            await shell.UploadAsync(path, target, UnixFileMode.UserRead, cancellationToken);
            return target;
        }
        var zip = Path.GetTempFileName();
        try
        {
            await ZipConversion.RunAsync(path, zip, cancellationToken);
            await shell.UploadAsync(zip, target, UnixFileMode.UserRead, cancellationToken);
            return target;
        }
        finally
        {
            File.Delete(zip);
        }
    }
}
