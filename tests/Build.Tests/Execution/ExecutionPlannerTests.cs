using Nuke.Common;
using Nuke.Common.Execution;
using Nuke.Common.ValueInjection;

namespace Build.Tests.Execution;

public sealed class ExecutionPlannerTests
{
    [Fact]
    public void Dependencies_come_first_and_each_target_once() =>
        Graph.Order<Diamond>("Bottom").ShouldBe("Top Right Left Bottom");

    [Fact]
    public void The_order_is_that_of_the_declarations_and_not_of_the_names() =>
        Graph.Order<Diamond>("right", "LEFT").ShouldBe(Graph.Order<Diamond>("left", "right"));

    [Fact]
    public void Order_alone_brings_no_target_into_the_plan()
    {
        Graph.Order<Ordered>("Second").ShouldBe("Second");
        Graph.Order<Ordered>("Third", "Second", "First").ShouldBe("First Second Third");
    }

    [Theory]
    [InlineData(typeof(Circle), ": One, Two, Three.")]
    [InlineData(typeof(Selfish), ": Me.")]
    public void A_cycle_is_named(Type build, string cycle)
    {
        var targets = Graph.Targets(build);

        var error = Should.Throw<BuildDefinitionException>(() => ExecutionPlanner.Plan(targets, targets));

        error.Message.ShouldBe($"Targets wait for each other{cycle}");
    }

    [Fact]
    public void The_plan_as_text_says_why_each_target_is_in_it()
    {
        var plan = Graph.Plan<Ordered>("Third", "Fourth");
        ExecutionPlanner.Skip(plan, [plan.Single(target => target.Name == "Second")]);

        PlanText
            .Of(plan)
            .ShouldBe(
                """
                The plan, in order:
                  1. Second  skipped: by --skip
                  2. Third   after Second
                  3. Fourth  <- Second  after Third

                """
            );
    }

    private sealed class Diamond : NukeBuild
    {
        private Target Bottom => _ => _.DependsOn(Left, Right);
        private Target Left => _ => _.DependsOn(Top);
        private Target Right => _ => _.DependsOn(Top);
        private Target Top => _ => _;
    }

    private sealed class Ordered : NukeBuild
    {
        private Target First => _ => _.Before(Second);
        private Target Second => _ => _;
        private Target Third => _ => _.After(Second);
        private Target Fourth => _ => _.DependsOn(Second).After(Third);
    }

    private sealed class Circle : NukeBuild
    {
        private Target One => _ => _.DependsOn(Two);
        private Target Two => _ => _.After(Three);
        private Target Three => _ => _.DependsOn(One);
    }

    private sealed class Selfish : NukeBuild
    {
        private Target Me => _ => _.DependsOn(Me);
    }
}
