using ContainerHost.Errors;
using ContainerHost.Guests;
using ContainerHost.Processes;

namespace ContainerHost.Tests.Guests;

/// <summary>What every way into a Windows guest keeps to, with a real PowerShell at its end.</summary>
public abstract class WindowsShellContract : FolderTest
{
    private protected static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>The way, connected, on which files arrive in the folder of the test.</summary>
    private protected abstract IGuestShell Shell { get; }

    [Fact]
    public async Task A_script_gets_its_words_and_answers_in_unicode()
    {
        string[] words = ["a b", "", "\"quoted\"", "$env:HOME `n", "größe 容器", "-x", "'", "a;b|c&d"];
        var result = await ScriptAsync("foreach ($word in $args) { \"<$word>\" }", words);
        result
            .StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(words.Select(word => $"<{word}>"));
        result.ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("throw 'no'", 1)]
    [InlineData("Get-Item -LiteralPath '/no/such/file'", 1)]
    [InlineData("this is no PowerShell (", 1)]
    public async Task The_exit_code_is_the_scripts_own(string script, int code)
    {
        var result = await ScriptAsync(script);
        result.ExitCode.ShouldBe(code, result.StandardError);
        if (code == 1)
            result.StandardError.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_error_is_told_as_text_with_its_place()
    {
        var result = await ScriptAsync("throw 'the disk is größer'");
        result.StandardError.ShouldStartWith("the disk is größer");
        result.StandardError.ShouldNotContain("CLIXML");
        result.StandardOutput.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_program_gets_its_arguments_and_input_and_hands_on_its_outputs()
    {
        const string script = "printf '%s|' \"$@\"; cat; echo wrong >&2; exit 3";
        var command = new Command("sh", "-c", script, "sh", "a b", "", "c\"d\\") { StandardInput = "größe\n" };
        var result = await Shell.RunAsync(command, Limit, Token);
        result.ShouldBe(new CommandResult(3, "a b||c\"d\\|größe\n", "wrong\n"));
    }

    [Fact]
    public async Task Much_output_on_both_streams_at_once_arrives_whole()
    {
        var command = new Command("sh", "-c", "seq 1 60000; seq 1 60000 >&2");
        var result = await Shell.RunAsync(command, Limit, Token);
        result.StandardOutput.ShouldEndWith("\n60000\n");
        result.StandardError.Length.ShouldBe(result.StandardOutput.Length);
    }

    [Fact]
    public async Task A_program_that_does_not_read_its_input_ends_well()
    {
        var command = new Command("true") { StandardInput = new string('x', 500_000) };
        (await Shell.RunAsync(command, Limit, Token)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_file_is_put_into_its_place_folders_included()
    {
        var (from, to) = (In("from"), In("new", "folder", "to file"));
        var content = new byte[300_000];
        Random.Shared.NextBytes(content);
        await File.WriteAllBytesAsync(from, content, Token);

        await Shell.UploadAsync(from, to, UnixFileMode.UserRead, Token);
        await Shell.UploadAsync(from, to, UnixFileMode.UserRead, Token);

        (await File.ReadAllBytesAsync(to, Token)).ShouldBe(content);
        Directory.GetFiles(Folder, "upload-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_script_that_does_not_end_in_time_is_named()
    {
        var command = new GuestScript(GuestScript.PowerShell, "Start-Sleep -Seconds 60").ToCommand([]);
        await Should.ThrowAsync<DeadlineException>(Shell.RunAsync(command, TimeSpan.FromSeconds(1), Token));
    }

    private protected Task<CommandResult> ScriptAsync(string script, params IReadOnlyList<string> words) =>
        Shell.RunAsync(new GuestScript(GuestScript.PowerShell, script).ToCommand(words), Limit, Token);
}
