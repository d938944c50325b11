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
    public void One_that_is_not_there_will_be_our_own() => OwnFolder.RequireTrusted(In("none"), "--cache-directory");
}
