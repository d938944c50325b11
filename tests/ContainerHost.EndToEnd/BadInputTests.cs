using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;

namespace ContainerHost.EndToEnd;

/// <summary>Wrong input through the real build: exit code 2, the problem by name, and nothing touched.</summary>
public sealed class BadInputTests(Suite suite)
{
    // One of each kind; HostRequestTests and WindowsRequestTests hold every rule.
    [Theory]
    [InlineData("--name", "-leading", "--name")]
    [InlineData("--guest", "debian-11", "Did you mean 'debian-13'?")]
    [InlineData("--answer-file", "LICENSE", "#cloud-config")]
    [InlineData("--password", "s3cret", "--password")]
    [InlineData("--memmory", "2GiB", "--memory")]
    public async Task Wrong_input_is_refused_by_name(string parameter, string value, string named)
    {
        string[] host = parameter == "--name" ? [] : ["--name", "badinput"];
        var hosts = suite.FolderOf("bad-input-hosts");
        using var build = BuildProcess.Start(["CheckPrereqs", .. host, "--hosts-directory", hosts, parameter, value]);

        var ended = (await build.EndAsync(Token)).ShouldEndWith(ExitCodes.InvalidInput);

        ended.Text.ShouldContain(named);
        ended.Text.ShouldNotContain("s3cret");
        Directory.Exists(hosts).ShouldBeFalse("nothing may be touched");
    }

    [Theory]
    [InlineData("--count 3", "--from must name a template; there is none yet")]
    [InlineData("--from a_b", "--from must name a template")]
    [InlineData("--from golden --count 0", "--count '0' is not a number from 1 to 100")]
    [InlineData("--from golden --count many", "--count 'many' is not a number from 1 to 100")]
    [InlineData("--from golden --name x1234567890123 --count 12", "is too long for 12 hosts")]
    public async Task Clones_that_cannot_be_are_refused_at_once(string typed, string told)
    {
        var hosts = suite.FolderOf("bad-clone-hosts");
        using var build = BuildProcess.Start(["Clone", "--hosts-directory", hosts, .. typed.Split(' ')]);

        (await build.EndAsync(Token)).ShouldEndWith(ExitCodes.InvalidInput).Text.ShouldContain(told);

        Directory.Exists(hosts).ShouldBeFalse("nothing may be touched");
    }

    [Theory]
    [InlineData("ExportTemplate", "--from golden", "--archive must name a file")]
    [InlineData("ExportTemplate", "--archive golden.tar.gz", "--from must name a template; there is none yet")]
    [InlineData("ImportTemplate", "--json", "--archive must name a file")]
    [InlineData("ImportTemplate", "--archive golden.tar.gz --from a_b", "--from 'a_b' is no name for a template")]
    [InlineData("Export", "--name web", "--archive must name a file")]
    [InlineData("Import", "--archive nowhere.tar.gz", "import a host from")]
    [InlineData("Import", "--archive LICENSE --lifetime long", "--lifetime 'long' is not valid")]
    [InlineData("ImportTemplate", "--archive nowhere.tar.gz", "import a template from")]
    [InlineData("ImportTemplate", "--archive LICENSE", "is no archive of ours")]
    public async Task Archives_that_cannot_be_are_refused_at_once(string target, string typed, string told)
    {
        var hosts = suite.FolderOf("bad-archive-hosts");
        using var build = BuildProcess.Start([target, "--hosts-directory", hosts, .. typed.Split(' ')]);

        (await build.EndAsync(Token)).ShouldEndWith(ExitCodes.InvalidInput).Text.ShouldContain(told);

        Directory.Exists(hosts).ShouldBeFalse("nothing may be touched");
    }

    [Fact]
    public async Task Hyper_V_without_windows_is_missing_and_told_with_the_way_out()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "This machine is Windows.");
        var hosts = suite.FolderOf("no-hyper-v-hosts");
        string[] host = ["--name", "nohyperv", "--hosts-directory", hosts, "--provider", "HyperV", "--accept-license"];
        using var build = BuildProcess.Start(["CheckPrereqs", .. host]);

        var ended = (await build.EndAsync(Token)).ShouldEndWith(ExitCodes.PrerequisitesMissing);

        ended.Text.ShouldContain("this machine is not Windows");
        ended.Text.ShouldContain("--hyper-v-host");
    }

    [Fact]
    public async Task All_problems_are_told_at_once()
    {
        string[] wrong = ["--cpus", "0", "--memory", "2GB", "--runtime", "Podman", "--timeout", "soon"];
        using var build = BuildProcess.Start(["CheckPrereqs", .. wrong]);

        var ended = (await build.EndAsync(Token)).ShouldEndWith(ExitCodes.InvalidInput);

        foreach (var parameter in new[] { "--cpus", "--memory", "--runtime", "--timeout" })
            ended.Text.ShouldContain(parameter);
    }

    [Fact]
    public async Task An_unknown_target_is_an_error_that_names_the_nearest()
    {
        using var build = BuildProcess.Start("Verfy");

        var ended = (await build.EndAsync(Token)).ShouldEndWith(ExitCodes.InvalidInput);

        ended.Text.ShouldContain("Verify");
    }
}
