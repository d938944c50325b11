using ContainerHost.Errors;

namespace ContainerHost.Tests.ErrorTexts;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("##vso[task.setvariable variable=a]b", "# #vso[task.setvariable variable=a]b")]
    [InlineData("seen: ##[error]x", "seen: # #[error]x")]
    [InlineData("first\n  ::add-path::/tmp", "first\n  : :add-path::/tmp")]
    [InlineData("std::vector is no command", "std::vector is no command")]
    [InlineData("\u001b]0;title\u0007", "␛]0;title␇")]
    [InlineData("abc\u202edcba", "abc\ufffddcba")]
    public void A_log_has_nothing_that_a_server_of_ci_or_a_terminal_obeys(string text, string safe) =>
        SafeText.ForLog(text).ShouldBe(safe);

    [Fact]
    public void What_an_error_saw_is_shown_and_not_sent()
    {
        var error = new ContainerHostException("look", "it says \u001b[2J", "look away");

        error.Saw.ShouldBe("it says ␛[2J");
        error.Message.ShouldNotContain("\u001b");
    }
}
