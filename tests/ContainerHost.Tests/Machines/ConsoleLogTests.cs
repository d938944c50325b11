using ContainerHost.Machines;

namespace ContainerHost.Tests.Machines;

public sealed class ConsoleLogTests : FolderTest
{
    [Fact]
    public void No_more_than_the_end_of_a_log_is_read()
    {
        var log = Put("serial.log", $"{new string('x', 5000)}the end");

        ConsoleLog.End(log, most: 7).ShouldBe("the end");
        ConsoleLog.End(log, from: 5004).ShouldBe("end");
        ConsoleLog.End(log, from: 9999).ShouldBeEmpty();
        ConsoleLog.End(In("none")).ShouldBeEmpty();
    }

    [Fact]
    public void A_log_that_is_too_long_is_cut_and_written_on()
    {
        var log = Put("serial.log", new byte[ConsoleLog.Longest + 1]);
        using var machine = new FileStream(log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);

        ConsoleLog.Cut(log);

        ConsoleLog.LengthOf(log).ShouldBe(ConsoleLog.Kept);
    }

    [Fact]
    public void A_log_of_the_usual_length_stays_whole()
    {
        var log = Put("serial.log", new byte[ConsoleLog.Longest]);

        ConsoleLog.Cut(log);

        ConsoleLog.LengthOf(log).ShouldBe(ConsoleLog.Longest);
    }
}
