using Nuke.Common;
using Nuke.Common.Execution;

namespace Build.Tests.Execution;

public sealed class SkippingTests
{
    [Fact]
    public void A_skipped_target_takes_along_what_only_it_needs()
    {
        var plan = Graph.Plan<Chain>("Pack");

        ExecutionPlanner.Skip(plan, [plan.Single(target => target.Name == "Compile")]);

        Skipped(plan).ShouldBe("Restore: only Compile needs it, Compile: by --skip");
    }

    [Fact]
    public void No_name_skips_every_dependency()
    {
        var plan = Graph.Plan<Chain>("Pack");

        ExecutionPlanner.Skip(plan, []);

        plan.Where(target => target.Status == ExecutionStatus.Scheduled).ShouldHaveSingleItem().Name.ShouldBe("Pack");
    }

    [Fact]
    public void What_was_asked_for_is_not_skipped_with_what_needs_it()
    {
        var plan = Graph.Plan<Chain>("Restore", "Pack");

        ExecutionPlanner.Skip(plan, [plan.Single(target => target.Name == "Compile")]);

        Skipped(plan).ShouldBe("Compile: by --skip");
    }

    private static string Skipped(IEnumerable<ExecutableTarget> plan) =>
        string.Join(
            ", ",
            plan.Where(target => target.Status == ExecutionStatus.Skipped)
                .Select(target => $"{target.Name}: {target.Skipped}")
        );

    private sealed class Chain : NukeBuild
    {
        private Target Shared => _ => _;
        private Target Restore => _ => _;
        private Target Compile => _ => _.DependsOn(Restore, Shared);
        private Target Pack => _ => _.DependsOn(Compile, Shared);
    }
}
