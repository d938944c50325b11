using ContainerHost.Errors;
using ContainerHost.HyperV.Simulator;
using ContainerHost.Machines.HyperV;

namespace ContainerHost.HyperV.Tests;

public sealed class SwitchTests
{
    private static readonly HostOptions Several = new() { ExternalSwitches = ["Blue", "Green"] };

    [Fact]
    public async Task The_only_external_switch_needs_no_name() =>
        (await ChooseAsync(new HostOptions(), null)).Kind.ShouldBe(SwitchKind.External);

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("de")]
    public async Task Without_an_external_switch_the_default_one_serves_whatever_it_is_called(string language) =>
        (
            await ChooseAsync(
                new HostOptions
                {
                    ExternalSwitches = [],
                    HasDefaultSwitch = true,
                    Language = language,
                },
                null
            )
        ).Kind.ShouldBe(SwitchKind.Default);

    [Fact]
    public async Task Any_switch_that_the_host_is_on_can_be_named() =>
        (await ChooseAsync(Several, "inside")).Kind.ShouldBe(SwitchKind.Internal);

    [Fact]
    public async Task Among_several_a_name_is_asked_for() =>
        await RefusedAsync(Several, null, "'Blue' (external), 'Green' (external)", "--switch");

    [Fact]
    public async Task Without_any_that_leads_out_the_way_to_make_one_is_told_with_its_price() =>
        await RefusedAsync(new HostOptions { ExternalSwitches = [] }, null, "none of them external", "network blinks");

    [Fact]
    public async Task An_unknown_name_is_told_with_those_that_are_there() =>
        await RefusedAsync(Several, "Red", "no switch 'Red'", "--switch");

    [Fact]
    public async Task A_private_switch_is_refused() =>
        await RefusedAsync(Several, "Alone", "leads to no host", "external");

    private static async Task RefusedAsync(HostOptions options, string? name, string saw, string advice)
    {
        var refused = await Should.ThrowAsync<PrerequisitesMissingException>(() => ChooseAsync(options, name));
        refused.Saw.ShouldContain(saw);
        refused.Try.ShouldContain(advice);
    }

    private static Task<VirtualSwitch> ChooseAsync(HostOptions options, string? name) =>
        new VirtualSwitches(new SimulatedHost(options).ToHost()).ChooseAsync(
            name,
            TestContext.Current.CancellationToken
        );
}
