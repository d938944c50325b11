using ContainerHost.Guests;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Runtimes.MicroVms;

/// <summary>What an image and a container may leave in the folders that a micro VM shares, read by the script's own functions.</summary>
public sealed class MicroVmScriptTests : FolderTest
{
    [Theory]
    [InlineData("/outside", "etc/resolv.conf", "etc", "outside/resolv.conf")]
    [InlineData("../../../../outside", "etc/resolv.conf", "etc", "outside/resolv.conf")]
    [InlineData("usr/etc", "/etc/./resolv.conf", "etc", "usr/etc/resolv.conf")]
    [InlineData("/", "../data/../../x", "data", "x")]
    public async Task A_link_of_an_image_leads_nowhere_out_of_its_root(
        string target,
        string path,
        string link,
        string found
    )
    {
        Directory.CreateDirectory(In("root"));
        File.CreateSymbolicLink(In("root", link), target);

        var said = await RunAsync("print(script['within'](sys.argv[2] + '/root', sys.argv[3]))", path);

        said.StandardOutput.Trim().ShouldBe(In("root", found));
    }

    [Fact]
    public async Task Links_that_lead_to_themselves_end()
    {
        Directory.CreateDirectory(In("root"));
        File.CreateSymbolicLink(In("root", "etc"), "etc");

        var said = await RunAsync("print(script['within'](sys.argv[2] + '/root', 'etc/x'))");

        said.StandardError.ShouldContain("too many links in the image");
    }

    [Fact]
    public async Task What_a_command_wrote_is_read_up_to_a_limit()
    {
        Put("job/stdout", new string('x', 5 << 20));

        (await AnswerAsync()).StandardOutput.Trim().Length.ShouldBe(4 << 20);
    }

    [Theory]
    [InlineData("ln -s /etc/shadow stdout")]
    [InlineData("mkfifo stdout")]
    [InlineData("mkdir stdout")]
    public async Task What_is_no_plain_file_is_refused_and_not_waited_for(string command)
    {
        Directory.CreateDirectory(In("job"));
        await RealTool.RunAsync(new Command("sh", "-c", command) { WorkingDirectory = In("job") });

        var said = await AnswerAsync();

        said.StandardError.ShouldContain("left no plain file as stdout");
        said.StandardOutput.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_command_prints_is_handed_on_from_where_it_was_left()
    {
        Put("job/stdout", "first second");

        var said = await RunAsync(
            "print(script['hand_on'](os.open(sys.argv[2] + '/job', os.O_RDONLY), 'stdout', 6, sys.stdout.buffer))"
        );

        said.StandardOutput.ShouldBe("second12\n");
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("", "0")]
    [InlineData("137", "137")]
    [InlineData("x; rm", "left no exit code")]
    [InlineData("99999999999", "left no exit code")]
    public async Task Only_a_number_is_an_exit_code(string word, string said)
    {
        var ended = await RunAsync("print(script['code_of'](sys.argv[3]))", word);

        $"{ended.StandardOutput}{ended.StandardError}".ShouldContain(said);
    }

    private const string Failure = "Kernel panic - not syncing\nthe micro VM ";

    [Theory]
    [InlineData("", "boots: 1, job: 3", "")]
    [InlineData("[ $boots -gt 1 ] || exit 0;", "boots: 2, job: 3", "")]
    [InlineData("[ $boots -gt 1 ] || sleep 30;", "boots: 2, job: 3", "")]
    [InlineData("exit 0;", "boots: 2, job: none", Failure + "ended before its command")]
    [InlineData("sleep 30;", "boots: 2, job: none", Failure + "did not come to its command")]
    public async Task An_emulated_machine_that_does_not_come_to_its_job_boots_once_more(
        string fault,
        string then,
        string failure
    )
    {
        var said = await BootAsync($"echo Kernel panic - not syncing; echo; {fault} : > job/begun; echo 3 > job/exit");

        string.Join('\n', said.StandardError.Trim().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(2))
            .ShouldBe(failure);
        Told().ShouldBe(then);
    }

    [Theory]
    [InlineData("True", ": > job/begun", "boots: 1, job: none")]
    [InlineData("True", "ln -s nowhere job/begun", "boots: 1, job: none")]
    [InlineData("False", "exit 0", "boots: 1, job: none")]
    public async Task What_has_begun_or_is_not_emulated_does_not_boot_again(string emulated, string line, string then)
    {
        await BootAsync(line, emulated);

        Told().ShouldBe(then);
    }

    [Fact]
    public async Task A_server_in_a_machine_that_never_booted_did_not_answer()
    {
        var said = await BootAsync("exit 0", job: "dict(probe=dict(port=80))", then: "print(job['probe']['answer'])");

        said.StandardOutput.ShouldContain("{'status': 0, 'text': 'the micro VM ended before its command'}");
    }

    private string Told()
    {
        var exit = In("job", "exit");
        var boots = File.ReadAllLines(In("boots")).Length;
        return $"boots: {boots}, job: {(File.Exists(exit) ? File.ReadAllText(exit).Trim() : "none")}";
    }

    /// <summary>Has the script run a shell's command line in the place of QEMU, with no files to share.</summary>
    private Task<CommandResult> BootAsync(
        string line,
        string emulated = "True",
        string job = "dict(timeLimitSeconds=3)",
        string then = ""
    )
    {
        Directory.CreateDirectory(In("job"));
        return RunAsync(
            $"""
            import contextlib, pathlib
            os.chdir(sys.argv[2])
            script['BOOT_SECONDS'] = 1
            script['initial_ram_disk'] = lambda *_: None
            script['sharing'] = contextlib.nullcontext
            script['is_emulated'] = lambda: {emulated}
            script['machine'] = lambda *_: ['sh', '-c', sys.argv[3]]
            job = {job}
            script['run_machine'](pathlib.Path('.'), job, '', os.open('job', os.O_RDONLY))
            {then}
            """,
            $"echo >> boots; boots=$(wc -l < boots); {line}"
        );
    }

    private Task<CommandResult> AnswerAsync() =>
        RunAsync("print(script['answer_of'](os.open(sys.argv[2] + '/job', os.O_RDONLY), 'stdout'))");

    private async Task<CommandResult> RunAsync(string then, string word = "")
    {
        RealTool.Require("python3");
        const string load = "import os, sys; script = {'__name__': 'read'}; exec(sys.argv[1], script)\n";
        var text = GuestScript.Load("Runtimes.MicroVms.micro-vm.py").Text;
        return await new ProcessRunner().RunAsync(new Command("python3", "-c", load + then, text, Folder, word), Token);
    }
}
