using Nuke.Common;
using Nuke.Common.Execution;

namespace Build.Tests.Execution;

public sealed class SkippingTests
{
    [Fact]
    public void A_skipped_target_takes_along_what_only_it_needs()
    {
        var plan = Graph.Plan<Chain>("Pack");

        Skipping.ByRequest(plan, [plan.Single(target => target.Name == "Compile")]);

        Skipped(plan).ShouldBe("Restore: only Compile needs it, Compile: by --skip");
    }

    [Fact]
    public void No_name_skips_every_dependency()
    {
        var plan = Graph.Plan<Chain>("Pack");

        Skipping.ByRequest(plan, []);

        plan.Where(target => target.Status == ExecutionStatus.Scheduled).ShouldHaveSingleItem().Name.ShouldBe("Pack");
    }

    [Fact]
    public void What_was_asked_for_is_not_skipped_with_what_needs_it()
    {
        var plan = Graph.Plan<Chain>("Restore", "Pack");

        Skipping.ByRequest(plan, [plan.Single(target => target.Name == "Compile")]);

        Skipped(plan).ShouldBe("Compile: by --skip");
    }

    [Fact]
    public void A_condition_that_does_not_hold_is_given_as_the_reason()
    {
        var plan = Graph.Plan<Conditional>("Publish");

        Skipping.ByStaticConditions(plan);

        Skipped(plan).ShouldBe("Publish: only when IsRelease && 1 + 1 == 3");
    }

    [Fact]
    public void Dependencies_run_all_the_same_where_the_target_says_so()
    {
        var plan = Graph.Plan<Conditional>("Deploy");

        Skipping.ByStaticConditions(plan);

        Skipped(plan).ShouldBe("Deploy: only when IsRelease");
        plan.Count.ShouldBe(2);
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

    private sealed class Conditional : NukeBuild
    {
        private bool IsRelease { get; }
        private Target Compile => _ => _;
        private Target Publish => _ => _.OnlyWhenStatic(() => IsRelease).OnlyWhenStatic(() => 1 + 1 == 3);
        private Target Deploy =>
            _ => _.DependsOn(Compile).WhenSkipped(DependencyBehavior.Execute).OnlyWhenStatic(() => IsRelease);
    }
}
