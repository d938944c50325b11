namespace ContainerHost.Media;

/// <summary>Fetches files by pinned digest once, and keeps them in the cache.</summary>
internal interface IArtifactCache
{
    /// <summary>Returns the path of a file with that SHA-256 (lower-case hex), downloaded only if the cache lacks it.</summary>
    Task<string> FetchAsync(Uri source, string sha256, long? size, CancellationToken cancellationToken);

    /// <summary>Tells whether <see cref="FetchAsync"/> would find the file in the cache; a cache that cannot tell says no.</summary>
    Task<bool> HasAsync(Uri source, string sha256, CancellationToken cancellationToken) => Task.FromResult(false);
}
