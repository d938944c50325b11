using ContainerHost.Processes;

namespace Build.Tests.Releasing;

/// <summary>A git repository of a test's own, in a temporary folder or one that is there.</summary>
internal sealed class WorkingCopy(string? root = null) : IDisposable
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_AUTHOR_NAME"] = "Ann",
        ["GIT_AUTHOR_EMAIL"] = "ann@example.org",
        ["GIT_COMMITTER_NAME"] = "Ann",
        ["GIT_COMMITTER_EMAIL"] = "ann@example.org",
        ["GIT_AUTHOR_DATE"] = "2026-02-03T04:05:06Z",
        ["GIT_COMMITTER_DATE"] = "2026-02-03T04:05:06Z",
    };

    public string Root { get; } = root ?? Directory.CreateTempSubdirectory("working-copy-").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, path))!);
        File.WriteAllText(Path.Combine(Root, path), text);
    }

    public async Task CommitAsync(string? tag = null)
    {
        if (!Directory.Exists(Path.Combine(Root, ".git")))
            await GitAsync("init", "--quiet", "--initial-branch", "main");
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--allow-empty", "--message", "Change it");
        if (tag is not null)
            await GitAsync("tag", tag);
    }

    public Task GitAsync(params string[] words) =>
        new ProcessRunner().RunCheckedAsync(
            new Command("git", words) { WorkingDirectory = Root, Environment = Settings },
            "run git",
            "see the output.",
            TestContext.Current.CancellationToken
        );
}
