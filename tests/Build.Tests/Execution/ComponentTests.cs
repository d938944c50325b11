using Nuke.Common;
using Nuke.Common.Execution;
using Nuke.Common.ValueInjection;

namespace Build.Tests.Execution;

public sealed class ComponentTests
{
    private interface IFetch : INukeBuild
    {
        Target Fetch => _ => _.Description("fetches");
    }

    private interface IPack : INukeBuild
    {
        Target Pack => _ => _.DependsOn<IFetch>(x => x.Fetch).TryDependsOn<ISign>(signing => signing.Sign);
    }

    private interface ISign : INukeBuild
    {
        Target Sign => _ => _;
    }

    private interface IShip : INukeBuild
    {
        Target Inspect => _ => _.TryBefore<IPack>(x => x.Pack);

        Target Ship => _ => _.TryAfter<IPack>(x => x.Pack);
    }

    private interface IInspect : INukeBuild
    {
        Target Look => _ => _.DependsOn<IFetch>(x => x.Fetch).DependentFor<IPack>(x => x.Pack);
    }

    private interface ISpecialFetch : IFetch
    {
        Target IFetch.Fetch => _ => _.Description("fetches specially");
    }

    [Fact]
    public void Components_bring_their_targets_and_find_each_other()
    {
        Graph.Order<WithoutSigning>("Pack").ShouldBe("Fetch Pack");
        Graph.Order<WithSigning>("Pack").ShouldBe("Fetch Sign Pack");
    }

    [Fact]
    public void A_component_puts_its_target_before_anothers() =>
        Graph.Order<Inspecting>("Pack").ShouldBe("Fetch Look Pack");

    [Fact]
    public void Components_order_themselves_among_those_the_build_has()
    {
        Graph.Order<Shipping>("Ship", "Pack", "Inspect").ShouldBe("Inspect Fetch Pack Ship");
        Graph.Order<OnlyShipping>("Ship", "Inspect").ShouldBe("Ship Inspect");
    }

    [Fact]
    public void A_build_replaces_a_components_target_by_its_own() =>
        Graph.Plan<OwnFetch>("Pack")[0].Description.ShouldBe("fetches its own way");

    [Fact]
    public void A_build_replaces_a_components_target_explicitly() =>
        Graph.Plan<ExplicitFetch>("Pack")[0].Description.ShouldBe("fetches explicitly");

    [Fact]
    public void A_component_replaces_the_target_of_its_base() =>
        Graph.Plan<SpecialFetch>("Pack")[0].Description.ShouldBe("fetches specially");

    [Theory]
    [InlineData(typeof(Incomplete), "Target 'Pack' refers to the component 'IFetch', which the build does not have.")]
    [InlineData(typeof(Vague), "Target 'Pack' must say which target of 'IFetch' it means.")]
    public void A_missing_component_is_named_and_one_without_its_target(Type build, string told) =>
        Should.Throw<BuildDefinitionException>(() => Graph.Targets(build)).Message.ShouldBe(told);

    [Fact]
    public void Targets_are_found_in_collections_by_their_member()
    {
        var build = new OwnFetch();
        var targets = TargetDiscovery.Find(build);

        targets.Contains(build.Fetch).ShouldBeTrue();
        targets.Contains(new OwnFetch().Fetch).ShouldBeFalse();
    }

    private sealed class Inspecting : NukeBuild, IFetch, IPack, IInspect;

    private sealed class WithoutSigning : NukeBuild, IFetch, IPack;

    private sealed class WithSigning : NukeBuild, IPack, ISign, IFetch;

    private sealed class Shipping : NukeBuild, IFetch, IPack, IShip;

    private sealed class OnlyShipping : NukeBuild, IShip;

    private sealed class SpecialFetch : NukeBuild, IPack, ISpecialFetch;

    private sealed class Incomplete : NukeBuild, IPack;

    private sealed class Vague : NukeBuild, IFetch
    {
        private Target Pack => _ => _.DependsOn<IFetch>();
    }

    private sealed class OwnFetch : NukeBuild, IFetch, IPack
    {
        public Target Fetch => _ => _.Description("fetches its own way").Executes(() => ExitCode = 1);
    }

    private sealed class ExplicitFetch : NukeBuild, IFetch, IPack
    {
        Target IFetch.Fetch => _ => _.Description("fetches explicitly");
    }
}
