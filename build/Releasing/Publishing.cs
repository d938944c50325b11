using ContainerHost.Errors;
using Octokit;
using Serilog;

namespace Releasing;

/// <summary>
/// Makes a release: a draft with all files, the packages, and then the draft is published. What cannot be taken back comes last, and each step looks
/// first at what is there.
/// </summary>
internal sealed class Publishing(PublishSettings settings, WantedRelease wanted)
{
    private readonly GitHubReleaseStore _store = new(settings);
    private readonly PackageFeed _feed = new(settings.PackageSource, settings.PackageKey);
    private readonly GitHubCall _call = new(settings);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (settings.DryRun)
        {
            await TellAsync(cancellationToken);
            return;
        }
        // Tried again, it begins by looking what the last try has left.
        var release = await _call.RunAsync($"make release {wanted.Tag}", FillAsync, cancellationToken);
        await _feed.PushAsync(wanted.Files, cancellationToken);
        if (release.Draft)
            release = await _call.RunAsync(
                $"publish release {wanted.Tag}",
                token => _store.PublishAsync(release, wanted, token),
                cancellationToken
            );
        Log.Information("{Tag} is published: {Address}", wanted.Tag, release.HtmlUrl);
    }

    private async Task<Release> FillAsync(CancellationToken cancellationToken)
    {
        var release = await FindAsync(cancellationToken);
        release ??= await _store.DraftAsync(wanted, cancellationToken);
        var plan = UploadPlan.Of(wanted.Files, await _store.AssetsAsync(release, cancellationToken));
        RequireSame(release, plan);
        foreach (var asset in plan.Deletions)
        {
            Log.Information("{Name} is there half or otherwise ({State}); it is replaced", asset.Name, asset.State);
            await _store.DeleteAsync(asset, cancellationToken);
        }
        foreach (var file in plan.Uploads)
        {
            await _store.UploadAsync(release, file, cancellationToken);
            Log.Information("{Name} is uploaded", file.Name);
        }
        foreach (var asset in plan.Foreign)
            Log.Warning("{Name} in the release is none of ours; it stays", asset.Name);
        return release;
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        Release? release = null;
        IReadOnlyList<PublishedAsset> assets = [];
        if (settings.GitHubToken is null)
            Log.Warning("Without a token drafts cannot be seen: told is what a first run would do");
        else
            (release, assets) = await _call.RunAsync($"look for release {wanted.Tag}", LookAsync, cancellationToken);
        var plan = UploadPlan.Of(wanted.Files, assets);
        if (release is not null)
            RequireSame(release, plan);
        var found =
            release is null ? "make a draft"
            : release.Draft ? "go on with the draft"
            : "leave the release";
        Log.Information(
            "It would {Found} {Tag} in {Owner}/{Name}",
            found,
            wanted.Tag,
            settings.Owner,
            settings.Repository
        );
        foreach (var asset in plan.Deletions)
            Log.Information("It would delete {Name} ({State}, {Size} bytes)", asset.Name, asset.State, asset.Size);
        foreach (var file in plan.Uploads)
            Log.Information(
                "It would upload {Name} ({Size} bytes, SHA-256 {Sha256})",
                file.Name,
                file.Size,
                file.Sha256
            );
        foreach (var file in wanted.Files.Where(file => file.IsPackage || file.IsSymbols))
            Log.Information("It would push {Name} to {Source}", file.Name, settings.PackageSource);
        if (release is not { Draft: false })
            Log.Information("It would publish {Tag} then", wanted.Tag);
    }

    private async Task<(Release?, IReadOnlyList<PublishedAsset>)> LookAsync(CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken) is { } release
            ? (release, await _store.AssetsAsync(release, cancellationToken))
            : (null, []);

    private async Task<Release?> FindAsync(CancellationToken cancellationToken)
    {
        var found = await _store.FindAsync(wanted.Tag, cancellationToken);
        if (found.FirstOrDefault(release => !release.Draft) is { } published)
            return published;
        return found.Count <= 1
            ? found.SingleOrDefault()
            : throw new ReleaseException(
                $"go on with the draft of {wanted.Tag}",
                $"there are {found.Count}: {string.Join(", ", found.Select(release => release.HtmlUrl))}",
                "delete all but one of them, and run Publish again.",
                ExitCodes.InvalidInput
            );
    }

    private void RequireSame(Release release, UploadPlan plan)
    {
        if (!release.Draft && plan.Uploads.Count > 0)
            throw new ReleaseException(
                $"publish {wanted.Tag} again",
                $"it is published with other files: {string.Join(", ", plan.Uploads.Select(file => file.Name))} differ or are not there",
                "what is published stays as it is: give the change a version of its own.",
                ExitCodes.InvalidInput
            );
    }
}
