using ContainerHost.Media;
using ContainerHost.Media.Releases;
using ContainerHost.Specification;

namespace ContainerHost.Runtimes.Windows;

/// <summary>Where Docker Engine for Windows comes from: a lock file, an archive of the user's own, or those that are known by digest.</summary>
internal sealed class DockerSource(RuntimeSources sources, HostSpec spec)
{
    private const string Name = "docker";

    /// <summary>The archive, and its path on this machine once its digest is checked.</summary>
    public async Task<(PinnedFile File, string Path)> ObtainAsync(CancellationToken cancellationToken)
    {
        var (source, sha256) = Choose();
        var given = await new GivenFiles(sources.Artifacts).ObtainAsync(
            "the archive of Docker",
            source,
            sha256,
            "--docker-archive",
            cancellationToken
        );
        // Docker names its archives docker-29.8.1.zip; another name still is one.
        var stem = Path.GetFileNameWithoutExtension(given.Origin);
        var version = stem.StartsWith($"{Name}-", StringComparison.Ordinal)
            ? stem[(Name.Length + 1)..]
            : Fingerprint.OfDigest(given.Sha256);
        return (new PinnedFile(Name, version, new Uri(given.Origin), given.Sha256, Size: null), given.Path);
    }

    private (string Source, string? Sha256) Choose()
    {
        if (sources.Locked is not null)
        {
            var locked = sources.FindLocked(Name);
            var origin = locked.Source.IsFile ? locked.Source.LocalPath : locked.Source.AbsoluteUri;
            // Where it lies may differ by machine; what it is may not.
            return (spec.Windows?.DockerArchive ?? origin, locked.Sha256);
        }
        if (spec.Windows?.DockerArchive is { } own)
            return (own, spec.Windows.DockerArchiveSha256);
        var known =
            DockerArchives.Find(spec.RuntimeVersion ?? VersionWish.Latest)
            ?? throw new InvalidOperationException($"no archive of Docker fits {spec.RuntimeVersion}");
        return (known.Url.AbsoluteUri, known.Sha256);
    }
}
