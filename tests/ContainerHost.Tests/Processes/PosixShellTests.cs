using ContainerHost.Processes;
using FsCheck;
using FsCheck.Fluent;

namespace ContainerHost.Tests.Processes;

public sealed class PosixShellTests
{
    [Theory]
    [InlineData("plain-word_1.0", "plain-word_1.0")]
    [InlineData("", "''")]
    [InlineData("two words", "'two words'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$(reboot)", "'$(reboot)'")]
    public void A_word_is_quoted_only_where_it_must_be(string word, string quoted) =>
        PosixShell.Quote(word).ShouldBe(quoted);

    [Fact]
    public async Task Every_word_reaches_a_real_shell_unchanged()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No POSIX shell.");
        var words = Gen.Sample(ArbMap.Default.GeneratorFor<NonNull<string>>(), 40, 60)
            .Select(word => word.Get.Replace("\0", "", StringComparison.Ordinal))
            .Where(word => !word.Any(char.IsSurrogate))
            .ToList();

        var runner = new ProcessRunner();
        var script = PosixShell.Quote(["printf", "%s\\0", .. words]);
        var result = await runner.RunAsync(new Command("sh", "-c", script), Token);

        result.StandardOutput.Split('\0')[..^1].ShouldBe(words);
    }
}
