using ContainerHost.Errors;
using ContainerHost.Media;
using ContainerHost.Media.Releases;
using ContainerHost.Specification;

namespace ContainerHost.Runtimes.Windows;

/// <summary>Where Docker Engine for Windows comes from: a lock file, an archive of the user's own, or those that are known by digest.</summary>
internal sealed class DockerSource(RuntimeSources sources, HostSpec spec)
{
    private const string Name = "docker";

    /// <summary>The archive, and its path on this machine once its digest is checked.</summary>
    /// <exception cref="ContainerHostException">The lock has none, or the digest is another.</exception>
    public async Task<(PinnedFile File, string Path)> ObtainAsync(CancellationToken cancellationToken)
    {
        var file = sources.Locked is null ? await FindAsync(cancellationToken) : sources.FindLocked(Name);
        if (!file.Source.IsFile)
            return (file, await sources.Artifacts.FetchAsync(file.Source, file.Sha256, file.Size, cancellationToken));
        var path = file.Source.LocalPath;
        var found = File.Exists(path) ? await CheckedFile.ComputeAsync(path, cancellationToken) : "(no such file)";
        return found == file.Sha256
            ? (file, path)
            : throw new ContainerHostException(
                $"use the archive {path}",
                $"it has SHA-256 {found} instead of {file.Sha256}",
                "find out which archive it is, or give another with --docker-archive."
            );
    }

    private async Task<PinnedFile> FindAsync(CancellationToken cancellationToken)
    {
        if (spec.Windows?.DockerArchive is not { } own)
        {
            var known =
                DockerArchives.Find(spec.RuntimeVersion ?? VersionWish.Latest)
                ?? throw new InvalidOperationException($"no archive of Docker fits {spec.RuntimeVersion}");
            return new PinnedFile(Name, known.Version, known.Url, known.Sha256, Size: null);
        }
        var sha256 = spec.Windows.DockerArchiveSha256 ?? await CheckedFile.ComputeAsync(own, cancellationToken);
        // Docker names its archives docker-29.8.1.zip; another name still is one.
        var source = new Uri(own);
        var stem = Path.GetFileNameWithoutExtension(source.LocalPath);
        var version = stem.StartsWith($"{Name}-", StringComparison.Ordinal) ? stem[(Name.Length + 1)..] : sha256[..12];
        return new PinnedFile(Name, version, source, sha256, Size: null);
    }
}
