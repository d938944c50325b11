using ContainerHost.Hosts;

namespace ContainerHost.Tests.Hosts;

public sealed class SerialTailTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void The_last_lines_come_without_colours_and_cursor_movements()
    {
        File.WriteAllText(_path, "early\r\n\u001b[0;1;31mFAILED\u001b[0m to start\r\n\n\u001b[2Jlogin: ");

        SerialTail
            .Read(_path, lines: 2)
            .ShouldBe($"last lines of the serial console ({_path}):\nFAILED to start\nlogin: ");
    }

    [Fact]
    public void Only_the_end_of_a_long_log_is_read()
    {
        File.WriteAllText(_path, new string('x', 100_000) + "\nthe end");

        SerialTail.Read(_path).Length.ShouldBeLessThan(20_000);
        SerialTail.Read(_path).ShouldEndWith("the end");
    }

    [Fact]
    public void No_log_is_told_in_words() =>
        SerialTail.Read("/no/such/log").ShouldBe("the serial console wrote nothing");
}
