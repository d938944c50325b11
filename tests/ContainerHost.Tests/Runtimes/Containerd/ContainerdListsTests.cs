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
}
