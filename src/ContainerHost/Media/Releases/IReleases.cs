using ContainerHost.Specification;

namespace ContainerHost.Media.Releases;

/// <summary>Finds published files by version, each with a digest that its publisher vouches for.</summary>
internal interface IReleases
{
    /// <summary>The newest file of the component that the wish allows.</summary>
    /// <exception cref="Errors.ContainerHostException">No release does, it lacks the file or a digest, or GitHub cannot be asked.</exception>
    Task<PinnedFile> FindAsync(ReleaseComponent component, VersionWish wish, CancellationToken cancellationToken);
}
