using ContainerHost.Hosts.Life;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Hosts.Life;

public sealed class SystemdUnitTests : FolderTest
{
    [Theory]
    [InlineData(true, "users")]
    [InlineData(false, "system")]
    public void A_unit_starts_the_host_by_the_build_and_stops_it_so(bool isUsers, string approved) =>
        $"{Of("/home/ada/lab", isUsers)}".ShouldBeApproved(approved);

    [Theory]
    [InlineData("lab")]
    [InlineData("50% of \"a\" $HOME\\ lab")]
    public async Task Systemd_has_nothing_to_say_against_it(string folder)
    {
        foreach (var isUsers in (bool[])[true, false])
            (await VerifyAsync(Of(In(folder), isUsers), text => text)).ShouldBe("");
    }

    [Fact]
    public async Task Systemd_would_tell_of_what_it_does_not_know() =>
        (
            await VerifyAsync(Of(In("lab"), isUsers: true), text => text.Replace("KillMode=process", "KillMode=all"))
        ).ShouldContain("Failed to parse kill mode");

    private static SystemdUnit Of(string root, bool isUsers)
    {
        HostName.TryParse("web", out var name).ShouldBeTrue();
        return new SystemdUnit(name, $"{root}/.hosts/web", $"{root}/build.sh")
        {
            Options = ["--hosts-directory", $"{root}/.hosts", "--cache-directory", "/var/cache/containerhost"],
            Stop = TimeSpan.FromSeconds(90),
            IsUsers = isUsers,
        };
    }

    private async Task<string> VerifyAsync(SystemdUnit unit, Func<string, string> change)
    {
        RealTool.Require("systemd-analyze");
        Directory.CreateDirectory(Path.GetDirectoryName(unit.Build)!);
        string[] manager = unit.IsUsers ? ["--user"] : [];
        var command = new Command("systemd-analyze", [.. manager, "verify", Put(unit.Name, change($"{unit}"))])
        {
            Environment = new Dictionary<string, string?> { ["XDG_RUNTIME_DIR"] = Folder, ["HOME"] = Folder },
        };
        var result = await new ProcessRunner().RunAsync(command, Token);
        return result.StandardOutput + result.StandardError;
    }
}
