using Releasing;

namespace Build.Tests.Releasing;

public sealed class ReleaseChecksTests : IDisposable
{
    private const string Members = "#nullable enable\nIt.Thing\nIt.Thing.Do() -> void\n";
    private const string Schema = """
        {
          "definitions": {
            "ExecutableTarget": { "type": "string", "enum": ["Make", "Test"] },
            "Build": { "properties": { "Name": { "type": "string" } } }
          }
        }
        """;

    private readonly WorkingCopy _copy = new();

    public void Dispose() => _copy.Dispose();

    [Fact]
    public async Task A_clean_tagged_commit_that_keeps_its_promises_can_be_released()
    {
        await ReleaseAsync("0.1.0");
        await ReleaseAsync("0.1.1", members: Members + "It.Other\n");

        (await FindAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_problem_is_told_at_once()
    {
        await ReleaseAsync("0.1.0");
        Prepare("0.1.1", "#nullable enable\nIt.Thing\n", Schema.Replace("\"Make\", ", "").Replace("Name", "Names"));
        _copy.Write("CHANGELOG.md", "## 0.1.0 - 2026-01-01\n- That.\n");
        _copy.Write("src/ContainerHost/PublicAPI.Unshipped.txt", "#nullable enable\nIt.New\n");
        await _copy.CommitAsync("v0.2.0");
        _copy.Write("left.txt", "");

        var problems = await FindAsync();

        problems.Count.ShouldBe(5, string.Join('\n', problems));
        problems[0].ShouldBe("There are changes that are not committed: ?? left.txt.");
        problems[1].ShouldBe("This commit must be tagged v0.1.1, and it has v0.2.0; 'git tag v0.1.1' does it.");
        problems[2].ShouldContain("newest section is of '0.1.0'");
        problems[3].ShouldContain("PublicAPI.Unshipped.txt has 1 lines");
        problems[4]
            .ShouldBe(
                "0.1.1 takes away what 0.1.0 has, which needs a version 0.2.0: It.Thing.Do() -> void; target Make; parameter Name."
            );
    }

    [Fact]
    public async Task A_member_that_is_said_to_be_removed_is_removed()
    {
        await ReleaseAsync("1.1.0");
        Prepare("1.2.0", Members, Schema);
        _copy.Write("src/ContainerHost/PublicAPI.Unshipped.txt", "*REMOVED*It.Thing.Do() -> void\n");
        await _copy.CommitAsync("v1.2.0");

        (await FindAsync()).ShouldContain(problem => problem.Contains("needs a version 2.0.0: It.Thing.Do() -> void"));
    }

    [Theory]
    [InlineData("0.1.0", "0.2.0")]
    [InlineData("0.9.0", "1.0.0")]
    [InlineData("1.4.0", "2.0.0")]
    public async Task A_version_that_may_break_may_take_away(string last, string next)
    {
        await ReleaseAsync(last);
        await ReleaseAsync(next, members: "#nullable enable\n");

        (await FindAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_clone_that_cannot_see_earlier_releases_is_told()
    {
        await ReleaseAsync("0.1.0");
        await ReleaseAsync("0.1.1", members: "#nullable enable\n");
        using var clone = new WorkingCopy();
        await clone.GitAsync("clone", "--quiet", "--depth", "1", $"file://{_copy.Root}", clone.Root);

        (await FindAsync(clone)).ShouldHaveSingleItem().ShouldContain("shallow");
    }

    private async Task ReleaseAsync(string version, string members = Members)
    {
        Prepare(version, members, Schema);
        await _copy.CommitAsync($"v{version}");
    }

    private void Prepare(string version, string members, string schema)
    {
        _copy.Write(
            "Directory.Build.props",
            $"<Project><PropertyGroup><Version>{version}</Version></PropertyGroup></Project>"
        );
        _copy.Write("CHANGELOG.md", $"# Changes\n\n## {version} - 2026-11-26\n- This.\n");
        _copy.Write("src/ContainerHost/PublicAPI.Shipped.txt", members);
        _copy.Write("src/ContainerHost/PublicAPI.Unshipped.txt", "#nullable enable\n");
        _copy.Write(".nuke/build.schema.json", schema);
    }

    private Task<IReadOnlyList<string>> FindAsync(WorkingCopy? copy = null)
    {
        var root = (copy ?? _copy).Root;
        return new ReleaseChecks(new GitRepository(root), root).FindAsync(
            ReleasedVersion.Of(root),
            TestContext.Current.CancellationToken
        );
    }
}
