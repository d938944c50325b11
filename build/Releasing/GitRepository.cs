using ContainerHost.Processes;
using Semver;

namespace Releasing;

/// <summary>What git tells of this working copy.</summary>
internal sealed class GitRepository(string root)
{
    private readonly ProcessRunner _processes = new();

    /// <summary>What is changed or not known to git, as its short status tells it.</summary>
    public Task<IReadOnlyList<string>> ChangesAsync(CancellationToken cancellationToken) =>
        LinesAsync(cancellationToken, "status", "--porcelain");

    public async Task<string> CommitAsync(CancellationToken cancellationToken) =>
        (await LinesAsync(cancellationToken, "rev-parse", "HEAD"))[0];

    /// <summary>When the commit was made, in seconds since 1970.</summary>
    public async Task<string> CommitTimeAsync(CancellationToken cancellationToken) =>
        (await LinesAsync(cancellationToken, "log", "-1", "--pretty=%ct"))[0];

    /// <summary>True where the clone has only the newest commits, as CI servers make it.</summary>
    public async Task<bool> IsShallowAsync(CancellationToken cancellationToken) =>
        (await LinesAsync(cancellationToken, "rev-parse", "--is-shallow-repository")) is ["true"];

    public Task<IReadOnlyList<string>> TagsHereAsync(CancellationToken cancellationToken) =>
        LinesAsync(cancellationToken, "tag", "--points-at", "HEAD");

    /// <summary>The newest release before a version that this commit comes from; null where it is the first.</summary>
    public async Task<SemVersion?> LastReleaseAsync(SemVersion before, CancellationToken cancellationToken) =>
        (await LinesAsync(cancellationToken, "tag", "--merged", "HEAD"))
            .Select(ReleasedVersion.OfTag)
            .OfType<SemVersion>()
            .Where(version => version.ComparePrecedenceTo(before) < 0)
            .Max(SemVersion.PrecedenceComparer);

    /// <summary>A file as it was at a tag; empty where there was none.</summary>
    public async Task<string> FileAsync(string tag, string path, CancellationToken cancellationToken)
    {
        var shown = await _processes.RunAsync(Git("show", $"{tag}:{path}"), cancellationToken);
        return shown.Succeeded ? shown.StandardOutput : "";
    }

    /// <summary>The address of the remote 'origin'; null where there is none.</summary>
    public async Task<string?> RemoteAsync(CancellationToken cancellationToken)
    {
        var asked = await _processes.RunAsync(Git("remote", "get-url", "origin"), cancellationToken);
        return asked.Succeeded ? asked.StandardOutput.Trim() : null;
    }

    private async Task<IReadOnlyList<string>> LinesAsync(CancellationToken cancellationToken, params string[] words)
    {
        var told = await _processes.RunCheckedAsync(
            Git(words),
            $"ask git ({words[0]})",
            "run this in a clone of the repository, with git installed.",
            cancellationToken
        );
        return told.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private Command Git(params string[] words) => new("git", words) { WorkingDirectory = root };
}
