using System.IO.Compression;
using Build.Tests.Bootstrap;

namespace Build.Tests.Processes;

/// <summary>Targets that need no host, as the real build runs them.</summary>
public sealed class HostlessTests() : SampleTest("_build.dll")
{
    [Fact]
    public async Task Completion_prints_a_script_alone()
    {
        var run = await Run("Completion --shell bash");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldNotContain("Completion (1 of 1)");
        run.Output.ShouldContain("InstallContainers");
    }

    [Fact]
    public async Task GenerateCi_writes_files_that_it_then_finds_right()
    {
        File.Copy(Path.Combine(Repository.Root, "global.json"), Root / "global.json");
        (await Run("GenerateCi --ci-systems GitLab --ci-check")).ExitCode.ShouldNotBe(0);
        (await Run("GenerateCi --ci-systems GitLab")).ExitCode.ShouldBe(0);
        (await Run("GenerateCi --ci-systems GitLab --ci-check")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Diagnose_writes_its_archive_whatever_this_machine_has()
    {
        var run = await Run("Diagnose --cache-directory cache");

        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        using var archive = ZipFile.OpenRead(Root / "artifacts" / "hosts" / "diagnosis.zip");
        archive.Entries.Select(entry => entry.Name).ShouldContain("about.json");
        Directory.Exists(Root / ".hosts").ShouldBeFalse();
    }
}
