using ContainerHost.Errors;

namespace ContainerHost.Media.Downloads;

/// <summary>Makes the errors that end a download for good.</summary>
internal static class DownloadError
{
    public static ContainerHostException Of(string address, string saw, string tryThis, Exception? inner = null) =>
        new($"download {address}", saw, tryThis, inner: inner);

    public static ContainerHostException Offline(string address) =>
        Of(
            address,
            "it is not in the cache, and --offline allows no download",
            "run once without --offline, with the same --cache-directory, where the address can be reached."
        );

    public static ContainerHostException NoRoom(DownloadRequest request, string saw, Exception? inner = null) =>
        Of(request.Address, saw, "make room there, or choose another folder with --cache-directory.", inner);

    public static ContainerHostException WrongSize(DownloadRequest request, string found) =>
        Of(
            request.Address,
            $"it has {found} bytes instead of {request.Size}",
            "find out which file the source has now."
        );
}

/// <summary>An attempt failed in a way that another may not.</summary>
internal sealed class TransientDownloadException(string saw, Exception? inner = null) : Exception(saw, inner)
{
    /// <summary>How long the server wants to be left alone (RFC 9110, "Retry-After"); null where it did not say.</summary>
    public TimeSpan? After { get; init; }
}
