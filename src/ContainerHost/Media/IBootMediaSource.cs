using ContainerHost.Specification;

namespace ContainerHost.Media;

/// <summary>Obtains boot media: builds, downloads or finds in the cache.</summary>
public interface IBootMediaSource
{
    /// <summary>
    /// Returns the media for a spec, from the cache where their fingerprint is there (a stored SHA-256 file is trusted once the size
    /// and time of the disk match, else checked again). Two processes asking at once do the work once. With <paramref name="fingerprint"/>
    /// a medium kept under it is taken even where a new one would differ.
    /// </summary>
    Task<BootMedia> ObtainAsync(HostSpec spec, CancellationToken cancellationToken, string? fingerprint = null);
}
