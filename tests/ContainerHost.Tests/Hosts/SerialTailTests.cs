using ContainerHost.Hosts;

namespace ContainerHost.Tests.Hosts;

public sealed class SerialTailTests : FolderTest
{
    private string Log => In("serial.log");

    [Fact]
    public void The_last_lines_come_without_colours_and_cursor_movements()
    {
        File.WriteAllText(Log, "early\r\n\u001b[0;1;31mFAILED\u001b[0m to start\r\n\n\u001b[2Jlogin: ");

        SerialTail.Read(Log, lines: 2).ShouldBe($"last lines of the serial console ({Log}):\nFAILED to start\nlogin: ");
    }

    [Fact]
    public void What_systemd_resets_a_terminal_with_is_no_text() =>
        SerialTail
            .Plain("\u001b[!p\u001b]104\u0007\u001b[?7h\u001b[6n\u001b]3008;start=1;type=boot\u001b\\login: ")
            .ShouldBe("login: ");

    [Fact]
    public void Only_the_end_of_a_long_log_is_read()
    {
        File.WriteAllText(Log, new string('x', 100_000) + "\nthe end");

        SerialTail.Read(Log).Length.ShouldBeLessThan(20_000);
        SerialTail.Read(Log).ShouldEndWith("the end");
    }

    [Fact]
    public void What_a_terminal_would_obey_is_shown_and_not_sent()
    {
        File.WriteAllText(Log, "\u001b]52;c;cm0gLXJmIH4=\u0007done\u009b2J");

        SerialTail.Read(Log).ShouldEndWith("␛]52;c;cm0gLXJmIH4=␇done\ufffd2J");
    }

    [Fact]
    public void No_log_is_told_in_words() =>
        SerialTail.Read("/no/such/log").ShouldBe("the serial console wrote nothing");
}
