using ContainerHost.Errors;
using ContainerHost.Files;

namespace ContainerHost.Tests.Files;

/// <summary>Folders that others may change what lies in.</summary>
public sealed class OwnFolderTests : FolderTest
{
    [Fact]
    public async Task A_folder_of_somebody_elses_is_refused_with_his_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only root gives folders away");
        Directory.CreateDirectory(In("cache"));
        await RealTool.RunAsync("chown", "54321", In("cache"));

        var refused = Should.Throw<PrerequisitesMissingException>(() =>
            OwnFolder.RequireTrusted(In("cache"), "--cache-directory")
        );

        refused.Saw.ShouldContain("user 54321");
        refused.Try.ShouldContain("--cache-directory");
    }

    [Fact]
    public async Task A_folder_that_everybody_writes_to_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix modes.");
        Directory.CreateDirectory(In("cache"));
        OwnFolder.RequireTrusted(In("cache"), "--cache-directory");

        await RealTool.RunAsync("chmod", "1777", In("cache"));

        Should
            .Throw<PrerequisitesMissingException>(() => OwnFolder.RequireTrusted(In("cache"), "--cache-directory"))
            .Saw.ShouldBe("everybody may write there");
    }

    [Fact]
    public void On_Windows_the_rights_are_the_users_the_systems_and_administrators_and_none_from_above()
    {
        var descriptor = ClosedAccess.DescriptorFor("S-1-5-21-1-2-3-1001");

        descriptor.ShouldStartWith("D:P(");
        var rules = descriptor["D:P(".Length..^1].Split(")(").Select(rule => rule.Split(';')).ToList();
        rules.ShouldAllBe(rule => rule.Length == 6 && rule[0] == "A" && rule[1] == "OICI" && rule[2] == "FA");
        rules.Select(rule => rule[5]).ShouldBe(["S-1-5-21-1-2-3-1001", "SY", "BA"]);
    }

    [Fact]
    public void A_folder_is_made_or_closed_for_others()
    {
        OwnFolder.Make(In("new", "host"));
        Directory.CreateDirectory(In("old"));
        OwnFolder.Make(In("old"));

        if (OperatingSystem.IsWindows())
            return;
        File.GetUnixFileMode(In("new", "host")).ShouldBe((UnixFileMode)0x1C0);
        File.GetUnixFileMode(In("old")).ShouldBe((UnixFileMode)0x1C0);
    }

    [Fact]
    public void One_that_is_not_there_will_be_our_own() => OwnFolder.RequireTrusted(In("none"), "--cache-directory");
}
