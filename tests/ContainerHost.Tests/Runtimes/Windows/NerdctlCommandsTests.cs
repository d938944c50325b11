using ContainerHost.Processes;
using ContainerHost.Runtimes;
using ContainerHost.Runtimes.Windows;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Runtimes.Windows;

public sealed class NerdctlCommandsTests
{
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
            NerdctlCommands.Of(["run", "--rm", .. NerdctlCommands.Options(Run)]),
            NerdctlCommands.Of([
                "create",
                .. NerdctlCommands.Options(Run with { Isolation = Isolation.HyperV, HostName = "other" }),
            ]),
            NerdctlCommands.Build(@"C:\folder", "lab/hello:1"),
            NerdctlCommands.List,
        ];
        (string.Join('\n', all.Select(one => one.ToString())) + "\n").ShouldBeApproved("nerdctl");
    }

    [Fact]
    public void The_list_of_containers_is_read() =>
        NerdctlCommands
            .ReadList("one\tUp 3 seconds\r\ntwo\tCreated\nthree\tExited (0) 2 hours ago\n")
            .ShouldBe([new("one", true), new("two", false), new("three", false)]);

    [Fact]
    public void The_version_is_the_services_and_not_the_clients() =>
        NerdctlCommands
            .ReadVersion("Client:\r\n  Version:  v2.1.5\r\n\r\nServer:\r\n  Version:  v2.1.4\r\n  Revision: 1\r\n")
            .ShouldBe("v2.1.4");

    [Fact]
    public void An_empty_list_has_none() => NerdctlCommands.ReadList("\r\n").ShouldBeEmpty();
}
