using Octokit;

namespace Releasing;

/// <summary>Releases on GitHub, through Octokit; nothing here is tried twice.</summary>
internal sealed class GitHubReleaseStore
{
    // The newest thousand; a server whose pages never end is left.
    private static readonly ApiOptions Pages = new() { PageSize = 100, PageCount = 10 };

    private readonly PublishSettings _settings;
    private readonly ApiConnection _api;
    private readonly ReleasesClient _releases;

    public GitHubReleaseStore(PublishSettings settings)
    {
        _settings = settings;
        // Octokit's own address of github.com is its API's; a GitHub Enterprise Server has it under a path.
        var address =
            settings.GitHubAddress.Host == "github.com"
                ? GitHubClient.GitHubApiUrl
                : new Uri(settings.GitHubAddress, "api/v3/");
        var connection = new Connection(new ProductHeaderValue("ContainerHost"), address);
        if (settings.GitHubToken is { } token)
            connection.Credentials = new Credentials(token);
        _api = new ApiConnection(connection);
        _releases = new ReleasesClient(_api);
    }

    /// <summary>The releases of a tag, drafts too, which GitHub has in the list of all but not under their tag.</summary>
    public async Task<IReadOnlyList<Release>> FindAsync(string tag, CancellationToken cancellationToken)
    {
        var all = await _releases.GetAll(_settings.Owner, _settings.Repository, Pages).WaitAsync(cancellationToken);
        return [.. all.Where(release => release.TagName == tag)];
    }

    public Task<Release> DraftAsync(WantedRelease wanted, CancellationToken cancellationToken) =>
        ToldAsync(
            _releases
                .Create(
                    _settings.Owner,
                    _settings.Repository,
                    new NewRelease(wanted.Tag)
                    {
                        TargetCommitish = wanted.Commit,
                        Name = wanted.Tag,
                        Body = wanted.Notes,
                        Draft = true,
                        Prerelease = wanted.IsPrerelease,
                    }
                )
                .WaitAsync(cancellationToken)
        );

    /// <summary>The files by their own list: that of releases leaves out those that are half uploaded.</summary>
    public Task<IReadOnlyList<PublishedAsset>> AssetsAsync(Release release, CancellationToken cancellationToken) =>
        _api.GetAll<PublishedAsset>(Path($"{release.Id}/assets"), Pages).WaitAsync(cancellationToken);

    public Task DeleteAsync(PublishedAsset asset, CancellationToken cancellationToken) =>
        _api.Delete(Path($"assets/{asset.Id}")).WaitAsync(cancellationToken);

    public async Task UploadAsync(Release release, ReleaseFile file, CancellationToken cancellationToken)
    {
        SecureAddress.Require(new Uri(release.UploadUrl.Split('{')[0]), $"upload {file.Name}");
        await using var content = File.OpenRead(file.Path);
        var upload = new ReleaseAssetUpload(file.Name, "application/octet-stream", content, timeout: null);
        await _releases.UploadAsset(release, upload, cancellationToken);
    }

    public Task<Release> PublishAsync(Release release, WantedRelease wanted, CancellationToken cancellationToken) =>
        ToldAsync(
            _releases
                .Edit(
                    _settings.Owner,
                    _settings.Repository,
                    release.Id,
                    new ReleaseUpdate
                    {
                        TagName = wanted.Tag,
                        TargetCommitish = wanted.Commit,
                        Body = wanted.Notes,
                        Draft = false,
                    }
                )
                .WaitAsync(cancellationToken)
        );

    // Octokit has null for an answer without content, such as a proxy gives.
    private static async Task<Release> ToldAsync(Task<Release> asked) =>
        await asked ?? throw new IOException("it answered nothing");

    private Uri Path(string rest) =>
        new($"repos/{_settings.Owner}/{_settings.Repository}/releases/{rest}", UriKind.Relative);
}
