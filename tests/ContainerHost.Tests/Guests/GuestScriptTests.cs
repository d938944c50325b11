using ContainerHost.Guests;
using ContainerHost.Processes;
using FsCheck;
using FsCheck.Fluent;

namespace ContainerHost.Tests.Guests;

public sealed class GuestScriptTests
{
    [Fact]
    public void Any_words_reach_a_shell_script_unchanged() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonNull<string>[]>(),
                words =>
                {
                    // No program takes a NUL in an argument, and lone surrogates are no text.
                    string[] given = [.. words.Select(word => Clean(word.Get))];
                    var script = new GuestScript("sh", "for word; do printf '%s\\0' \"$word\"; done");
                    var run = script.ToCommand(given);
                    var line = PosixShell.Quote([run.Program, .. run.Arguments]);
                    var command = new Command("sh", "-c", line) { StandardInput = script.Text };
                    var result = new ProcessRunner().RunAsync(command, CancellationToken.None).GetAwaiter().GetResult();
                    return result.StandardOutput == string.Concat(given.Select(word => $"{word}\0"));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void A_python_script_gets_its_words_too()
    {
        var script = new GuestScript("python3", "import sys; print(sys.argv[1:])");

        script.ToCommand(["a b", "-x"]).ToString().ShouldBe("python3 - 'a b' -x");
    }

    [Fact]
    public void A_script_that_is_not_in_the_library_is_named() =>
        Should.Throw<Exception>(() => GuestScript.Load("Runtimes.nothing.sh")).Message.ShouldContain("nothing.sh");

    private static string Clean(string text) =>
        new([.. text.Where(c => c is not ('\0' or '\r') && !char.IsSurrogate(c))]);
}
