namespace ContainerHost.Media;

/// <summary>Obtains boot media: builds, downloads or finds in the cache.</summary>
internal interface IBootMediaSource
{
    /// <summary>
    /// Returns the media for a spec, from the cache where their fingerprint is there (a stored SHA-256 file is trusted once the size
    /// and time of the disk match, else checked again). Two processes asking at once do the work once.
    /// </summary>
    Task<BootMedia> ObtainAsync(MediaRequest request, CancellationToken cancellationToken);
}
