using ContainerHost.Files;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Runtimes.Packages;

/// <summary>Which systems get a runtime, by the script that runs in the guest, over what the distributions' own os-release says (os-release(5)).</summary>
public sealed class DistributionTests : FolderTest
{
    [Theory]
    [InlineData("debian", "", "11")]
    [InlineData("debian", "", "13")]
    [InlineData("debian", "", "")]
    [InlineData("ubuntu", "debian", "22.04")]
    [InlineData("ubuntu", "debian", "26.04")]
    [InlineData("linuxmint", "ubuntu debian", "22.1")]
    [InlineData("pop", "ubuntu debian", "22.04")]
    [InlineData("raspbian", "debian", "12")]
    public async Task Debian_Ubuntu_and_what_is_like_them_are_known(string id, string like, string version) =>
        (await CheckAsync(id, like, version)).ShouldBe("");

    [Theory]
    [InlineData("debian", "", "10", "which is too old")]
    [InlineData("debian", "", "9", "which is too old")]
    [InlineData("ubuntu", "debian", "20.04", "which is too old")]
    [InlineData("ubuntu", "debian", "18.04", "which is too old")]
    [InlineData("fedora", "", "42", "neither Debian nor Ubuntu nor like them")]
    [InlineData("rocky", "rhel centos fedora", "9.5", "neither Debian nor Ubuntu nor like them")]
    [InlineData("opensuse-leap", "suse opensuse", "15.6", "neither Debian nor Ubuntu nor like them")]
    [InlineData("alpine", "", "3.21.0", "neither Debian nor Ubuntu nor like them")]
    public async Task Others_are_told_with_those_that_are_known(string id, string like, string version, string told)
    {
        var said = await CheckAsync(id, like, version);
        said.ShouldStartWith($"this is Some '{id}' {version}, which");
        said.ShouldContain(told);
        said.ShouldContain("Debian 11 to 13, Ubuntu 22.04 to 26.04");
    }

    [Fact]
    public async Task A_system_without_systemd_is_told() =>
        (await CheckAsync("devuan", "debian", "5", systemd: "no-such-folder")).ShouldContain("runs without systemd");

    [Fact]
    public async Task A_system_that_does_not_say_what_it_is_is_told()
    {
        File.Exists(In("os-release")).ShouldBeFalse();
        (await RunAsync("")).ShouldContain("this is a system without a name");
    }

    private async Task<string> CheckAsync(string id, string like, string version, string systemd = "")
    {
        // As distributions write it: quotes where they please, and nothing where there is nothing to say.
        string[] lines =
        [
            $"PRETTY_NAME=\"Some '{id}' {version}\"",
            $"ID={id}",
            .. like.Length > 0 ? (string[])[$"ID_LIKE=\"{like}\""] : [],
            .. version.Length > 0 ? (string[])[$"VERSION_ID=\"{version}\""] : [],
        ];
        Put("os-release", string.Join('\n', lines) + "\n");
        return await RunAsync(systemd);
    }

    private async Task<string> RunAsync(string systemd)
    {
        var script = Put("check.sh", EmbeddedText.Load("Runtimes.Packages.check-distribution.sh"));
        var result = await new ProcessRunner().RunAsync(
            new Command("sh", script, In("os-release"), In(systemd)),
            Token
        );
        result.Succeeded.ShouldBe(result.StandardError.Length == 0, result.StandardError);
        return result.StandardError.Trim();
    }
}
