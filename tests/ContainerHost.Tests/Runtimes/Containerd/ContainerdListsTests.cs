using ContainerHost.Errors;
using ContainerHost.Runtimes.Containerd;

namespace ContainerHost.Tests.Runtimes.Containerd;

public sealed class ContainerdListsTests
{
    // As ctr 1.6 prints them.
    private const string Tasks = """
        TASK           PID     STATUS
        verify-life    1432    RUNNING
        verify-old     0       STOPPED

        """;

    [Fact]
    public void A_container_runs_when_its_task_does() =>
        ContainerdCommands
            .ReadList("verify-life\nverify-old\nverify-new\n", Tasks)
            .ShouldBe([new("verify-life", true), new("verify-old", false), new("verify-new", false)]);

    [Fact]
    public void A_task_without_a_container_is_none() => ContainerdCommands.ReadList("", Tasks).ShouldBeEmpty();

    [Fact]
    public void No_tasks_means_that_none_runs() =>
        ContainerdCommands.ReadList("a\n", "TASK    PID    STATUS\n").ShouldBe([new("a", false)]);

    [Fact]
    public void The_version_is_the_services_and_not_the_clients() =>
        ContainerdCommands
            .ReadVersion("Client:\r\n  Version:  v2.1.5\r\n\r\nServer:\r\n  Version:  v2.1.4\r\n  Revision: 1\r\n")
            .ShouldBe("v2.1.4");

    [Theory]
    [InlineData("", "it said nothing")]
    [InlineData("Client:\n  Version:  v2.1.5\n", "v2.1.5")]
    [InlineData("Client:\n  Version:  v2.1.5\n\nServer:\n  Revision: 1\n", "Revision: 1")]
    public void A_service_that_tells_no_version_is_an_error_with_what_was_said(string output, string told) =>
        Should.Throw<ContainerHostException>(() => ContainerdCommands.ReadVersion(output)).Saw.ShouldContain(told);
}
