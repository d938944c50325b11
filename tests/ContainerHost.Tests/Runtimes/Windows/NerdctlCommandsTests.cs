using ContainerHost.Processes;
using ContainerHost.Runtimes;
using ContainerHost.Runtimes.Windows;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Runtimes.Windows;

public sealed class NerdctlCommandsTests
{
    private static readonly NerdctlCommands Nerdctl = new();

    private static readonly ContainerRun Run = new()
    {
        Name = "hello",
        Image = "lab/hello:1",
        Command = ["cmd", "/s", "/c", "echo a b"],
        SharedFolders = [new(@"C:\from", @"C:\to", ReadOnly: true), new(@"C:\a b", @"C:\b", ReadOnly: false)],
    };

    [Fact]
    public void The_command_lines_of_nerdctl()
    {
        Command[] all =
        [
            Nerdctl.Of(["run", "--rm", .. Nerdctl.Options(Run)]),
            Nerdctl.Of(["create", .. Nerdctl.Options(Run with { Isolation = Isolation.HyperV, HostName = "other" })]),
            Nerdctl.Build(@"C:\folder", "lab/hello:1"),
            Nerdctl.List,
        ];
        (string.Join('\n', all.Select(one => one.ToString())) + "\n").ShouldBeApproved("nerdctl");
    }

    [Fact]
    public void The_list_of_containers_is_read() =>
        Nerdctl
            .ReadList("one\tUp 3 seconds\r\ntwo\tCreated\nthree\tExited (0) 2 hours ago\n")
            .ShouldBe([new("one", true), new("two", false), new("three", false)]);

    [Fact]
    public void An_empty_list_has_none() => Nerdctl.ReadList("\r\n").ShouldBeEmpty();
}
