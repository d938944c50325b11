using ContainerHost.Hosts;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Hosts;

public sealed class HostTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private static readonly HostOverview Usual = new()
    {
        Name = Name("web"),
        State = HostCondition.Running,
        Guest = "debian-13",
        Address = "10.0.2.15",
        Ssh = "127.0.0.1:40022",
        CreatedAt = Now.AddHours(-3),
        DiskBytes = 1_503_238_554,
        MemoryBytes = 482L << 20,
        LastVerification = new LastVerification(Now.AddMinutes(-12), Passed: true),
    };

    private static readonly HostOverview Widest = Usual with
    {
        Name = Name("a-name-of-15-le"),
        Guest = "windows-server-2025",
        Ssh = "192.168.100.100:40022",
        Forwards = ["127.0.0.1:8080:80/tcp", "127.0.0.1:5353:53/udp"],
        CreatedAt = Now.AddDays(-3),
        ExpiresAt = Now.AddHours(-1),
        DiskBytes = (1023L << 30) + (1 << 29),
        MemoryBytes = (1023L << 20) + (1 << 19),
        Problem = "not forwarded: 127.0.0.1:8080:80/tcp",
    };

    [Fact]
    public void What_hosts_take_stands_in_the_table() =>
        HostTable
            .Render([Usual], Now, 100)
            .ShouldBe(
                """
                NAME  GUEST      STATE    ADDRESS          DISK     MEMORY   AGE  CHECKED
                web   debian-13  Running  127.0.0.1:40022  1.4 GiB  482 MiB  3 h  passed 12 min ago
                """.ReplaceLineEndings("\n")
            );

    [Fact]
    public void What_no_host_has_is_left_out() =>
        HostTable
            .Render([new HostOverview { Name = Name("half"), State = HostCondition.HalfMade }], Now, null)
            .ShouldBe("NAME  STATE     CHECKED\nhalf  HalfMade  never");

    [Fact]
    public void Without_hosts_there_are_headings() => HostTable.Render([], Now, null).ShouldStartWith("NAME  GUEST");

    [Fact]
    public void Eighty_columns_are_enough_whatever_hosts_are_like()
    {
        var text = HostTable.Render([Usual, Widest], Now, 80);

        text.Split('\n').ShouldAllBe(line => line.Length <= 80, text);
        // None of its headings is broken.
        text.Split('\n')[0]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(["NAME", "GUEST", "STATE", "ADDRESS", "PORTS", "DISK", "MEMORY", "AGE", "CHECKED"]);
    }

    private static HostName Name(string text)
    {
        HostName.TryParse(text, out var name).ShouldBeTrue();
        return name!;
    }
}
