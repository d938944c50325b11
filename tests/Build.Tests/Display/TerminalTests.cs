using ContainerHost.Targets.Display;

namespace Build.Tests.Display;

public sealed class TerminalTests
{
    [Theory]
    [InlineData("TERM", "dumb")]
    [InlineData("CI", "true")]
    [InlineData("TF_BUILD", "True")]
    [InlineData("JENKINS_URL", "https://ci")]
    public void Nothing_is_drawn_for_a_dumb_terminal_or_a_ci_system(string name, string value) =>
        Terminal.Find(Console.Out, isRedirected: false, asked => asked == name ? value : null).ShouldBeNull();

    [Fact]
    public void Nothing_is_drawn_into_a_file_or_a_pipe() =>
        Terminal.Find(Console.Out, isRedirected: true, _ => null).ShouldBeNull();
}
