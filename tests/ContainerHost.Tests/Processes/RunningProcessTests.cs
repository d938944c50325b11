using ContainerHost.Processes;

namespace ContainerHost.Tests.Processes;

public sealed class RunningProcessTests : FolderTest
{
    [Fact]
    public void Processes_are_listed_with_their_words_and_nothing_else_is()
    {
        Put("17/cmdline", "/usr/bin/qemu-system-x86_64\0-name\0lab 1\0-uuid\0");
        Put("self/cmdline", "me");
        Directory.CreateDirectory(In("18"));

        var process = RunningProcess.List(Folder).ShouldHaveSingleItem();

        process.Id.ShouldBe(17);
        process.Words[0].ShouldBe("/usr/bin/qemu-system-x86_64");
        process.After("-name").ShouldBe("lab 1");
        process.After("-m").ShouldBeNull();
    }

    [Fact]
    public void An_option_at_the_end_has_no_word_after_it() =>
        new RunningProcess(1, ["qemu", "-uuid"]).After("-uuid").ShouldBeNull();

    [Fact]
    public void A_process_that_is_not_there_is_none() => RunningProcess.Read(99, Folder).ShouldBeNull();

    [Fact]
    public void This_process_is_among_those_that_run_here()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells of processes that way.");
        RunningProcess.List().ShouldContain(process => process.Id == Environment.ProcessId);
    }
}
