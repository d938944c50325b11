using System.Text.RegularExpressions;
using ContainerHost.Errors;
using ContainerHost.Networks;

namespace Releasing;

/// <summary>Where Publish goes and with which keys, checked whole before anything is touched.</summary>
internal sealed partial record PublishSettings(
    Uri GitHubAddress,
    string? GitHubToken,
    string Owner,
    string Repository,
    string PackageSource,
    string? PackageKey,
    bool DryRun
)
{
    public const string Gallery = "https://api.nuget.org/v3/index.json";

    /// <exception cref="InvalidInputException">Every problem at once.</exception>
    public static PublishSettings Read(IRelease build, string? remote) =>
        Read(
            build.GithubAddress,
            build.GithubToken ?? Environment.GetEnvironmentVariable("GITHUB_TOKEN"),
            build.GithubRepository ?? Environment.GetEnvironmentVariable("GITHUB_REPOSITORY"),
            remote,
            build.NugetSource ?? Gallery,
            build.NugetApiKey,
            build.DryRun
        );

    /// <inheritdoc cref="Read(IRelease, string?)"/>
    public static PublishSettings Read(
        string? address,
        string? token,
        string? repository,
        string? remote,
        string source,
        string? key,
        bool dryRun
    )
    {
        var problems = new List<string>();
        var parts = Parts().Match(repository ?? OfRemote(remote));
        var server = address is null ? new NetworkAccess().GitHubAddress : Parse(address.TrimEnd('/') + "/");
        var feed = Parse(source);
        var folder = feed is null or { IsFile: true } ? Path.GetFullPath(feed?.LocalPath ?? source) : null;
        if (server is null || !SecureAddress.IsSecure(server))
            problems.Add($"--github-address '{address}' is not valid. Allowed: an address that starts with https://.");
        if (!parts.Success)
            problems.Add(
                repository is null
                    ? $"--github-repository is needed: git's remote 'origin' ({remote ?? "there is none"}) tells none. Allowed: OWNER/NAME."
                    : $"--github-repository '{repository}' is not valid. Allowed: OWNER/NAME."
            );
        if (folder is null ? !SecureAddress.IsSecure(feed!) : !Directory.Exists(folder))
            problems.Add(
                $"--nuget-source '{source}' is not valid. Allowed: an address that starts with https://, or a folder that is there."
            );
        if (!dryRun && token is null)
            problems.Add(
                "A token for GitHub is needed that may write contents: set NUKE_GITHUB_TOKEN or GITHUB_TOKEN."
            );
        if (!dryRun && key is null && folder is null)
            problems.Add($"A key for {source} is needed: set NUKE_NUGET_API_KEY.");
        return problems.Count == 0
            ? new PublishSettings(
                server!,
                token,
                parts.Groups[1].Value,
                parts.Groups[2].Value,
                folder ?? source,
                key,
                dryRun
            )
            : throw new InvalidInputException(problems);
    }

    /// <summary>Everything but the secrets.</summary>
    public override string ToString() => $"{GitHubAddress}{Owner}/{Repository}, {PackageSource}";

    private static Uri? Parse(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null;

    // https://server/OWNER/NAME.git, ssh://git@server/OWNER/NAME or git@server:OWNER/NAME
    private static string OfRemote(string? remote) => Remote().Match(remote ?? "").Groups["repository"].Value;

    [GeneratedRegex(@"^([A-Za-z0-9-]+)/([A-Za-z0-9._-]+)$")]
    private static partial Regex Parts();

    [GeneratedRegex(@"^(?:(?:https?|ssh)://(?:[^@/]*@)?[^/]+/|[^@/]+@[^:/]+:)(?<repository>[^/]+/[^/]+?)(?:\.git)?/?$")]
    private static partial Regex Remote();
}
