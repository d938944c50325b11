using System.Reflection;
using System.Text.RegularExpressions;
using Build.Tests.Bootstrap;
using ContainerHost.Errors;
using ContainerHost.Targets.Ci;

namespace Build.Tests.Ci;

public sealed partial class CiFileTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ci ").FullName;

    private static IReadOnlyList<CiFile> Files { get; } = CiFile.Of(new CiPlan(), Enum.GetValues<CiServer>());

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_files_of_this_repository_are_what_its_build_writes()
    {
        var build = (IGenerateCi)Activator.CreateInstance(Assembly.Load("_build").GetType("Build")!, nonPublic: true)!;

        Should.NotThrow(() => CiTargets.Check(Repository.Root, CiFile.Of(build.CiPlan, Enum.GetValues<CiServer>())));
    }

    [Fact]
    public async Task Files_are_written_once_and_a_change_of_one_is_told()
    {
        await CiTargets.WriteAsync(_root, Files, TestContext.Current.CancellationToken);
        CiTargets.Check(_root, Files);
        var azure = Path.Combine(_root, AzurePipeline.Path);
        await File.AppendAllTextAsync(azure, "# more\n", TestContext.Current.CancellationToken);

        var drift = Should.Throw<ContainerHostException>(() => CiTargets.Check(_root, Files));

        drift.Saw.ShouldStartWith(AzurePipeline.Path);
        drift.Saw.ShouldNotContain(GitLabPipeline.Path);
        await CiTargets.WriteAsync(_root, Files, TestContext.Current.CancellationToken);
        CiTargets.Check(_root, Files);
    }

    [Fact]
    public void A_file_with_the_ends_of_lines_of_Windows_is_no_other()
    {
        foreach (var file in Files.Where(file => file.Path == GitLabPipeline.Path))
        {
            File.WriteAllText(Path.Combine(_root, file.Path), file.Text.ReplaceLineEndings("\r\n"));

            file.IsIn(_root).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_file_that_somebody_else_wrote_is_left_alone_and_nothing_is_written()
    {
        var own = Path.Combine(_root, GitLabPipeline.Path);
        await File.WriteAllTextAsync(own, "test:\n  script: make\n", TestContext.Current.CancellationToken);

        var refused = await Should.ThrowAsync<ContainerHostException>(() =>
            CiTargets.WriteAsync(_root, Files, TestContext.Current.CancellationToken)
        );

        refused.Saw.ShouldContain(GitLabPipeline.Path);
        Directory.GetFileSystemEntries(_root).ShouldBe([own]);
    }

    [Fact]
    public void Systems_are_read_by_name_and_unknown_ones_told_all_at_once()
    {
        CiTargets.ReadServers(null).ShouldBe(Enum.GetValues<CiServer>());
        CiTargets.ReadServers("gitlab, GitHubActions").ShouldBe([CiServer.GitHubActions, CiServer.GitLab]);
        Should
            .Throw<InvalidInputException>(() => CiTargets.ReadServers("Jenkins,GitLab,1,"))
            .Problems.Select(problem => problem.Split(' ')[1])
            .ShouldBe(["'Jenkins'", "'1'", "''"]);
    }

    [Fact]
    public void A_plan_with_hosts_that_cannot_be_made_is_refused_whole()
    {
        var plan = new CiPlan
        {
            Guests = ["debian-13", "Amiga OS"],
            Runtimes = ["Containerd", "Podman"],
            Branch = "main\" || true",
            CleanUp = TimeSpan.Zero,
        };

        var problems = Should.Throw<InvalidInputException>(() => CiFile.Of(plan, [CiServer.GitLab])).Problems;

        foreach (var part in new[] { "Amiga OS", "Podman", "main\" || true", "CleanUp" })
            problems.ShouldContain(problem => problem.Contains(part, StringComparison.Ordinal));
        Should.Throw<InvalidInputException>(() => CiFile.Of(new CiPlan { Guests = [] }, [CiServer.GitLab]));
    }

    [Fact]
    public void Every_system_makes_every_host_of_the_plan()
    {
        var plan = new CiPlan
        {
            Guests = ["debian-13", "ubuntu-24.04"],
            Runtimes = ["Docker"],
            Isolations = ["Both", "Process"],
        };

        foreach (var file in CiFile.Of(plan, Enum.GetValues<CiServer>()))
        foreach (var value in new[] { "debian-13", "ubuntu-24.04", "Docker", "Both", "Process" })
            file.Text.ShouldContain(value, customMessage: file.Path);
    }

    [Fact]
    public void Every_system_destroys_the_host_whatever_happened()
    {
        var texts = Files.ToDictionary(file => file.Path, file => file.Text);

        texts[GitHubWorkflow.Path].ShouldMatch("if: always\\(\\)\n +timeout-minutes: 10\n +run: ./build.sh Destroy");
        texts[AzurePipeline.Path]
            .ShouldMatch("script: ./build.sh Destroy\n +displayName: Destroy\n +condition: always\\(\\)");
        texts[GitLabPipeline.Path].ShouldMatch("after_script:\n +- ./build.sh Destroy");
    }

    [Fact]
    public void Texts_that_a_reader_would_take_for_something_else_are_quoted()
    {
        var names = new[] { "on", "No", "1.10", "0x10", "12:30", "2026-01-01", "~", "", "a: b", "- x", "#c", "plain" };

        var text = YamlText.Render(
            "heading",
            new YamlMap
            {
                { "names", names },
                { "number", 5 },
                { "truth", true },
            }
        );

        var read = YamlJson.Read(text)!;
        read["names"]!.AsArray().Select(name => (string)name!).ShouldBe(names);
        text.ShouldContain("\"on\"");
        text.ShouldContain("\"12:30\"");
        text.ShouldContain("- plain\n");
        text.ShouldContain("number: 5\ntruth: true\n");
    }

    [Fact]
    public void Every_workflow_pins_its_actions_to_commits_that_are_named_in_one_place()
    {
        var lines = Directory
            .GetFiles(Path.Combine(Repository.Root, ".github", "workflows"))
            .SelectMany(File.ReadLines)
            .Where(line => line.Contains("uses:", StringComparison.Ordinal))
            .ToList();

        lines.Count.ShouldBeGreaterThanOrEqualTo(8);
        foreach (var line in lines)
        {
            var match = Pinned().Match(line);
            match.Success.ShouldBeTrue(line);
            PinnedActions.Uses.ShouldContain((match.Groups[1].Value, match.Groups[2].Value));
        }
    }

    [GeneratedRegex("uses: ([a-z/-]+@[0-9a-f]{40}) # (v[0-9.]+)$")]
    private static partial Regex Pinned();
}
