using ContainerHost.Processes;

namespace ContainerHost.Tests.Processes;

public sealed class RunningProcessTests : IDisposable
{
    private readonly string _proc = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_proc, recursive: true);

    [Fact]
    public void Processes_are_listed_with_their_words_and_nothing_else_is()
    {
        Add("17", "/usr/bin/qemu-system-x86_64\0-name\0lab 1\0-uuid\0");
        Add("self", "me");
        Directory.CreateDirectory(Path.Combine(_proc, "18"));

        var process = RunningProcess.List(_proc).ShouldHaveSingleItem();

        process.Id.ShouldBe(17);
        process.Words[0].ShouldBe("/usr/bin/qemu-system-x86_64");
        process.After("-name").ShouldBe("lab 1");
        process.After("-m").ShouldBeNull();
    }

    [Fact]
    public void An_option_at_the_end_has_no_word_after_it() =>
        new RunningProcess(1, ["qemu", "-uuid"]).After("-uuid").ShouldBeNull();

    [Fact]
    public void A_process_that_is_not_there_is_none() => RunningProcess.Read(99, _proc).ShouldBeNull();

    [Fact]
    public void This_process_is_among_those_that_run_here()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells of processes that way.");
        RunningProcess.List().ShouldContain(process => process.Id == Environment.ProcessId);
    }

    private void Add(string id, string words)
    {
        Directory.CreateDirectory(Path.Combine(_proc, id));
        File.WriteAllText(Path.Combine(_proc, id, "cmdline"), words);
    }
}
