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

    private Task<CommandResult> AnswerAsync() =>
        RunAsync("print(script['answer_of'](os.open(sys.argv[2] + '/job', os.O_RDONLY), 'stdout'))");

    private async Task<CommandResult> RunAsync(string then, string word = "")
    {
        RealTool.Require("python3");
        const string load = "import os, sys; script = {'__name__': 'read'}; exec(sys.argv[1], script); ";
        var text = GuestScript.Load("Runtimes.MicroVms.micro-vm.py").Text;
        return await new ProcessRunner().RunAsync(new Command("python3", "-c", load + then, text, Folder, word), Token);
    }
}
