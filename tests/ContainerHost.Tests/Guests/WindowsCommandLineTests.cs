using System.Diagnostics;
using ContainerHost.Guests.Windows;
using FsCheck;
using FsCheck.Fluent;

namespace ContainerHost.Tests.Guests;

public sealed class WindowsCommandLineTests
{
    [Fact]
    public void Any_words_come_back_from_the_rules_that_programs_take_a_line_apart_by() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonNull<string>[]>(),
                words =>
                {
                    string[] given = [.. words.Select(word => Clean(word.Get))];
                    return Take(PowerShellDialect.Quote(given)).SequenceEqual(given);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "\"\"")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("C:\\a\\", "C:\\a\\")]
    [InlineData("C:\\a b\\", "\"C:\\a b\\\\\"")]
    [InlineData("say \"hi\"", "\"say \\\"hi\\\"\"")]
    public void A_word_is_quoted_only_where_it_must_be(string word, string line) =>
        PowerShellDialect.Quote([word]).ShouldBe(line);

    // .NET takes a line apart by the same rules on every platform.
    private static string[] Take(string line)
    {
        var start = new ProcessStartInfo("printf", $"%s\\0 {line}") { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return line.Length == 0 ? [] : output.Split('\0')[..^1];
    }

    private static string Clean(string text) => new([.. text.Where(c => c != '\0' && !char.IsSurrogate(c))]);
}
