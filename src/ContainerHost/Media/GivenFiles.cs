using ContainerHost.Errors;
using ContainerHost.Specification;

namespace ContainerHost.Media;

/// <summary>Takes files that the user gave by path or URL, each checked by the digest given with it.</summary>
internal sealed class GivenFiles(IArtifactCache artifacts)
{
    /// <summary>A path is used where it lies, its digest checked where one was given; a URL is downloaded once, by its digest.</summary>
    /// <param name="what">The file in words, such as "the installation medium".</param>
    /// <param name="pathOrUrl">The path, or the URL.</param>
    /// <param name="sha256">The digest that it must have; null for a path of which none is known.</param>
    /// <param name="parameter">The parameter that gave it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ContainerHostException">It is not there, or has another digest.</exception>
    public async Task<GivenFile> ObtainAsync(
        string what,
        string pathOrUrl,
        string? sha256,
        string parameter,
        CancellationToken cancellationToken
    )
    {
        var origin = PublicAddress.Of(pathOrUrl);
        if (PathOrUrl.IsUrl(pathOrUrl))
        {
            var fetched = await artifacts.FetchAsync(new Uri(pathOrUrl), sha256!, size: null, cancellationToken);
            return new GivenFile(fetched, origin, sha256!);
        }
        if (!File.Exists(pathOrUrl))
            throw Unusable("there is no such file");
        // Devices have no length, and some no end.
        if (new FileInfo(pathOrUrl).Length == 0)
            throw Unusable("it is empty, or no plain file");
        var found = await DigestAsync();
        return sha256 is null || found == sha256
            ? new GivenFile(pathOrUrl, origin, found)
            : throw Unusable($"it has SHA-256 {found} instead of {sha256}");

        async Task<string> DigestAsync()
        {
            try
            {
                return await CheckedFile.ComputeAsync(pathOrUrl, cancellationToken);
            }
            // A link to nowhere, a file of somebody else's.
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new InvalidInputException([$"{parameter} '{pathOrUrl}' cannot be read: {exception.Message}"]);
            }
        }

        UnusableFileException Unusable(string saw) =>
            new($"use {what} {pathOrUrl}", saw, $"find out which it is; the digest given for it must be its own.");
    }
}
