using ContainerHost.Prerequisites;
using ContainerHost.Processes;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Prerequisites;

public sealed class MountRequirementTests : PrerequisiteTest
{
    [Fact]
    public async Task A_host_without_folders_asks_for_nothing_that_serves_them() =>
        (await CheckAsync()).Rows.ShouldNotContain(row => row.Requirement.Id == "bubblewrap");

    [Fact]
    public async Task A_host_with_folders_asks_for_what_serves_them_by_its_packages()
    {
        Spec = Spec with { Mount = FolderMounts.Read("/src:/work", []) };

        var report = await CheckAsync();

        report.Passed.ShouldBeFalse();
        report.AptPackages.ShouldContain("bubblewrap");
        report.Rows.Single(row => row.Requirement.Id == "shut-in").Verdict.ShouldNotBe(Verdict.Ok);
        Processes.Ran.ShouldNotContain(line => line.StartsWith("bwrap --unshare", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_proved_by_starting_the_server_as_it_will_be_shut_in()
    {
        RealTool.Require("bwrap");
        RealTool.Require("ssh");

        var report = await new PrerequisiteChecker(new ProcessRunner(), Hypervisor).CheckMountsAsync(Token);

        report.Rows.Select(row => (row.Requirement.Id, row.Verdict)).ShouldContain(("shut-in", Verdict.Ok));
        report.Passed.ShouldBeTrue();
    }
}
