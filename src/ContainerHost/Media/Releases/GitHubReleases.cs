using ContainerHost.Errors;
using ContainerHost.Networks;
using ContainerHost.Specification;
using ContainerHost.Waiting;
using Octokit;
using Octokit.Internal;
using Semver;

namespace ContainerHost.Media.Releases;

/// <summary>Releases on GitHub, through Octokit; the digest is GitHub's own, else that of the release's checksum file.</summary>
internal sealed class GitHubReleases : IReleases
{
    private const int PageSize = 100;

    // The newest thousand; a server whose pages never end is left.
    private const int MostPages = 10;

    private readonly ApiConnection _api;
    private readonly HttpClient _texts;
    private readonly GitHubCall _calls;

    private GitHubReleases(ApiConnection api, HttpClient texts, GitHubCall calls)
    {
        _api = api;
        _texts = texts;
        _calls = calls;
    }

    /// <summary>Keeps answers in the folder, so that asking again costs nothing while nothing changed; the connections live as long as the process.</summary>
    /// <exception cref="InvalidInputException">There is a token, and it would go in the clear.</exception>
    public static GitHubReleases Create(NetworkAccess access, LocalNetwork network, string folder, TimeProvider time)
    {
        if (access.GitHubToken is not null && !SecureAddress.IsSecure(access.GitHubAddress))
            throw new InvalidInputException([
                $"--github-address '{access.GitHubAddress}' is not valid. Allowed with a token: an address that starts with https://, or this machine's own.",
            ]);
        // Octokit's own address of github.com is its API's; a GitHub Enterprise Server has it under a path.
        var address =
            access.GitHubAddress.Host == "github.com"
                ? GitHubClient.GitHubApiUrl
                : new Uri(access.GitHubAddress, "api/v3/");
        var connection = new Connection(
            new ProductHeaderValue("ContainerHost"),
            address,
            new InMemoryCredentialStore(
                access.GitHubToken is { } token ? new Credentials(token) : Credentials.Anonymous
            ),
            new HttpClientAdapter(() =>
                new OneOrigin(address, new KeepingHandler(access.Offline, folder, network.NewHandler()))
            ),
            new SimpleJsonSerializer()
        );
        connection.SetRequestTimeout(TimeLimits.GitHubAnswer);
        return new GitHubReleases(
            new ApiConnection(connection),
            new HttpClient(new KeepingHandler(access.Offline, folder, network.NewHandler()))
            {
                Timeout = TimeLimits.GitHubAnswer,
            },
            new GitHubCall(access, network.Proxy, time)
        );
    }

    public async Task<PinnedFile> FindAsync(
        ReleaseComponent component,
        VersionWish wish,
        CancellationToken cancellationToken
    )
    {
        var releases = await ListAsync(component, cancellationToken);
        var fitting = releases.Where(entry => wish.Allows(entry.Version)).ToList();
        if (fitting.Count == 0)
            throw NoVersion(component, wish, releases.Select(entry => entry.Version));
        var (version, release) = fitting.MaxBy(entry => entry.Version, SemVersion.SortOrderComparer)!;
        var names = component.FilesOf(version);
        var file =
            names
                .Select(name => release.Assets.FirstOrDefault(one => one.Name == name))
                .FirstOrDefault(one => one is not null)
            ?? throw NoFile(component, release, names[0]);
        var sha256 = await FindDigestAsync(component, release, file, cancellationToken);
        return new PinnedFile(
            component.Name,
            version.ToString(),
            new Uri(file.BrowserDownloadUrl),
            sha256,
            file.Size > 0 ? file.Size : null
        );
    }

    private async Task<IReadOnlyList<(SemVersion Version, PublishedRelease Release)>> ListAsync(
        ReleaseComponent component,
        CancellationToken cancellationToken
    )
    {
        var list = new Uri($"repos/{component.Repository}/releases", UriKind.Relative);
        var releases = await _calls.RunAsync(
            component.Repository,
            () => _api.GetAll<PublishedRelease>(list, new ApiOptions { PageSize = PageSize, PageCount = MostPages }),
            cancellationToken
        );
        return
        [
            .. releases
                .Where(release => !release.Draft)
                .Select(release => (Version: VersionOf(release), release))
                .Where(entry => entry.Version is not null)
                .Select(entry => (entry.Version!, entry.release)),
        ];
    }

    // Some publishers mark pre-releases on GitHub only, not in the version.
    private static SemVersion? VersionOf(PublishedRelease release) =>
        !ReleaseVersion.TryParse(release.TagName, out var version) ? null
        : release.Prerelease && !version.IsPrerelease ? version.WithPrerelease("prerelease")
        : version;

    private async Task<string> FindDigestAsync(
        ReleaseComponent component,
        PublishedRelease release,
        PublishedFile file,
        CancellationToken cancellationToken
    )
    {
        const string algorithm = "sha256:";
        if (file.Digest is { } digest && digest.StartsWith(algorithm, StringComparison.OrdinalIgnoreCase))
            return digest[algorithm.Length..].ToLowerInvariant();
        foreach (var name in ChecksumList.NamesFor(file.Name))
        {
            if (release.Assets.FirstOrDefault(one => one.Name == name) is not { } list)
                continue;
            var text = await _calls.RunAsync(
                component.Repository,
                () => _texts.GetStringAsync(new Uri(list.BrowserDownloadUrl), cancellationToken),
                cancellationToken
            );
            return ChecksumList.Find(text, file.Name) ?? throw NotInList(component, file.Name, name);
        }
        throw NoDigest(component, release, file.Name);
    }

    private static ContainerHostException NoVersion(
        ReleaseComponent component,
        VersionWish wish,
        IEnumerable<SemVersion> versions
    )
    {
        var newest = versions.OrderDescending(SemVersion.SortOrderComparer).Take(5).Select(one => one.ToString());
        var text = string.Join(", ", newest);
        return new ContainerHostException(
            $"find {component.Name} {wish} in the releases of {component.Repository}",
            text.Length == 0 ? "it has no releases" : $"none fits; the newest are {text}",
            "give --runtime-version latest, one of these, or a range like '2.1' or '>=1.7 <2'; a pre-release must be named in full."
        );
    }

    private static ContainerHostException NoFile(ReleaseComponent component, PublishedRelease release, string name) =>
        new(
            $"find {name} in release {release.TagName} of {component.Repository}",
            release.Assets.Count == 0
                ? "the release has no files"
                : $"it has {string.Join(", ", release.Assets.Select(file => file.Name))}",
            "the release may still be in the making; give an earlier --runtime-version."
        );

    private static ContainerHostException NoDigest(ReleaseComponent component, PublishedRelease release, string name) =>
        new(
            $"check {name} of release {release.TagName} of {component.Repository}",
            "neither GitHub nor the release has its SHA-256, and what cannot be checked is not installed",
            "give another --runtime-version; GitHub has digests of files uploaded since June 2025."
        );

    private static ContainerHostException NotInList(ReleaseComponent component, string name, string list) =>
        new(
            $"check {name} of {component.Repository}",
            $"the release's own {list} does not list it",
            "give another --runtime-version."
        );
}
