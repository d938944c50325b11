using ContainerHost.EndToEnd.Harness;
using ContainerHost.Errors;

namespace ContainerHost.EndToEnd;

/// <summary>Wrong input through the real build: exit code 2, the problem by name, and nothing touched.</summary>
public sealed class BadInputTests(Suite suite)
{
    public static TheoryData<string, string, string> Cases =>
        new()
        {
            { "--name", "-leading", "--name" },
            { "--name", "two words", "--name" },
            { "--name", "../outside", "--name" },
            { "--name", "much-too-long-a-name", "--name" },
            { "--name", "ends-", "--name" },
            { "--provider", "VirtualBox", "--provider" },
            { "--switch", "Outside", "--provider HyperV" },
            { "--hyper-v-host", "lab7", "--provider HyperV" },
            { "--guest", "debian-11", "Did you mean 'debian-12'?" },
            { "--guest", "windows-server-2022", "--accept-license" },
            { "--guest", "windows-server-2021", "Did you mean 'windows-server-20" },
            { "--runtime-version", "newest", "--runtime-version" },
            { "--iso", "LICENSE", "--iso needs a Windows guest" },
            { "--cpus", "0", "--cpus" },
            { "--cpus", "257", "--cpus" },
            { "--cpus", "two", "--cpus" },
            { "--memory", "2", "--memory" },
            { "--memory", "2GB", "--memory" },
            { "--memory", "100MiB", "--memory" },
            { "--memory", "99999GiB", "--memory" },
            { "--disk-size", "1GiB", "--disk-size" },
            { "--disk-size", "1.5GiB", "--disk-size" },
            { "--isolation", "Full", "--isolation" },
            { "--isolation", "1", "--isolation" },
            { "--runtime", "Podman", "--runtime" },
            { "--password", "short", "--password" },
            { "--disk-image", "/no/such/image.qcow2", "--disk-image" },
            { "--disk-image", "ftp://example.org/image", "--disk-image" },
            { "--disk-image", "https://example.org/image", "--disk-image-sha256" },
            { "--disk-image-sha256", "abc", "--disk-image-sha256" },
            { "--answer-file", "/no/such/file", "--answer-file" },
            { "--answer-file", "LICENSE", "#cloud-config" },
            { "--timeout", "soon", "--timeout" },
            { "--memmory", "2GiB", "--memory" },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Wrong_input_is_refused_by_name(string parameter, string value, string named)
    {
        string[] host = parameter == "--name" ? [] : ["--name", "badinput"];
        var hosts = suite.FolderOf("bad-input-hosts");
        using var build = BuildProcess.Start(["CheckPrereqs", .. host, "--hosts-directory", hosts, parameter, value]);

        var ended = (await build.EndAsync(Token)).ShouldEndWith(ExitCodes.InvalidInput);

        ended.Text.ShouldContain(named);
        Directory.Exists(hosts).ShouldBeFalse("nothing may be touched");
    }

    [Fact]
    public async Task Hyper_V_without_windows_is_missing_and_told_with_the_way_out()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "This machine is Windows.");
        var hosts = suite.FolderOf("no-hyper-v-hosts");
        string[] arguments = ["CheckPrereqs", "--name", "nohyperv", "--hosts-directory", hosts, "--provider", "HyperV"];
        using var build = BuildProcess.Start(arguments);

        var ended = (await build.EndAsync(Token)).ShouldEndWith(ExitCodes.PrerequisitesMissing);

        ended.Text.ShouldContain("this machine is not Windows");
        ended.Text.ShouldContain("--hyper-v-host");
    }

    [Fact]
    public async Task All_problems_are_told_at_once()
    {
        using var build = BuildProcess.Start(
            "CheckPrereqs",
            "--cpus",
            "0",
            "--memory",
            "2GB",
            "--runtime",
            "Podman",
            "--timeout",
            "soon"
        );

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
