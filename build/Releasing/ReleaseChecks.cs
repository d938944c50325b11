using Semver;

namespace Releasing;

/// <summary>Everything that speaks against releasing this commit, told at once.</summary>
internal sealed class ReleaseChecks(GitRepository git, AbsolutePath root)
{
    private const int Named = 10;

    public async Task<IReadOnlyList<string>> FindAsync(SemVersion version, CancellationToken cancellationToken) =>
        [
            .. await TreeAsync(cancellationToken),
            .. await TagAsync(version, cancellationToken),
            .. ChangeLog.Parse(Text("CHANGELOG.md")).ProblemsFor(version.ToString()),
            .. Unshipped(),
            .. await RemovedAsync(version, cancellationToken),
        ];

    private async Task<IEnumerable<string>> TreeAsync(CancellationToken cancellationToken)
    {
        var changes = await git.ChangesAsync(cancellationToken);
        return changes.Count > 0 ? [$"There are changes that are not committed: {Some(changes)}."] : [];
    }

    private async Task<IEnumerable<string>> TagAsync(SemVersion version, CancellationToken cancellationToken)
    {
        var tag = ReleasedVersion.TagOf(version);
        var tags = await git.TagsHereAsync(cancellationToken);
        if (tags.Contains(tag))
            return [];
        var seen = tags.Count > 0 ? $"it has {string.Join(", ", tags)}" : "it has no tag";
        return [$"This commit must be tagged {tag}, and {seen}; 'git tag {tag}' does it."];
    }

    private IEnumerable<string> Unshipped()
    {
        var lines = PublicSurface.Lines(Text(PublicSurface.Unshipped)).Count();
        return lines > 0
            ? [$"{PublicSurface.Unshipped} has {lines} lines; what is released belongs in {PublicSurface.Shipped}."]
            : [];
    }

    private async Task<IEnumerable<string>> RemovedAsync(SemVersion version, CancellationToken cancellationToken)
    {
        if (await git.IsShallowAsync(cancellationToken))
            return
            [
                "This clone is shallow, and earlier releases cannot be seen in it; 'git fetch --unshallow --tags' mends it.",
            ];
        if (await git.LastReleaseAsync(version, cancellationToken) is not { } last || MayBreak(last, version))
            return [];
        var tag = ReleasedVersion.TagOf(last);
        Task<string> Then(string path) => git.FileAsync(tag, path, cancellationToken);
        var members = PublicSurface.Members(await Then(PublicSurface.Shipped), await Then(PublicSurface.Unshipped));
        var kept = PublicSurface.Members(Text(PublicSurface.Shipped), Text(PublicSurface.Unshipped));
        var words = PublicSurface.Words(await Then(PublicSurface.Schema));
        var missing = members
            .Except(kept)
            .Concat(words.Except(PublicSurface.Words(Text(PublicSurface.Schema))))
            .ToList();
        return missing.Count > 0
            ? [$"{version} takes away what {last} has, which needs a version {Needed(last)}: {Some(missing)}."]
            : [];
    }

    // Semantic versions: below 1.0 the second number tells what may break, from then on the first.
    private static bool MayBreak(SemVersion last, SemVersion version) =>
        version.Major > last.Major || (last.Major == 0 && version.Minor > last.Minor);

    private static string Needed(SemVersion last) =>
        last.Major == 0 ? $"0.{last.Minor + 1}.0" : $"{last.Major + 1}.0.0";

    private string Text(string path) => File.Exists(root / path) ? File.ReadAllText(root / path) : "";

    private static string Some(IReadOnlyList<string> all) =>
        string.Join("; ", all.Take(Named).Select(one => one.Trim()))
        + (all.Count > Named ? $"; and {all.Count - Named} more" : "");
}
