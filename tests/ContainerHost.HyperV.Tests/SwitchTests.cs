using ContainerHost.Errors;
using ContainerHost.HyperV.Simulator;
using ContainerHost.HyperV.Simulator.Faults;
using ContainerHost.HyperV.Tests.Faults;
using ContainerHost.Machines.HyperV;
using ContainerHost.Specification;

namespace ContainerHost.HyperV.Tests;

public sealed class SwitchTests
{
    private static readonly HostOptions Several = new() { ExternalSwitches = ["Blue", "Green"] };

    private static readonly HostOptions NoExternal = new() { ExternalSwitches = [] };

    private static readonly HostOptions Bare = NoExternal with { InternalSwitches = [], PrivateSwitches = [] };

    [Fact]
    public async Task The_only_external_switch_needs_no_name() =>
        (await ChooseAsync(new HostOptions(), null)).Kind.ShouldBe(SwitchKind.External);

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("de")]
    public async Task Without_an_external_switch_the_default_one_serves_whatever_it_is_called(string language)
    {
        var options = NoExternal with { HasDefaultSwitch = true, Language = language };
        (await ChooseAsync(options, null)).Kind.ShouldBe(SwitchKind.Default);
    }

    [Fact]
    public async Task Any_switch_that_the_host_is_on_can_be_named() =>
        (await ChooseAsync(Several, "inside")).Kind.ShouldBe(SwitchKind.Internal);

    [Fact]
    public async Task Among_several_a_name_is_asked_for() =>
        await RefusedAsync(Several, null, "'Blue' (external), 'Green' (external)", "--switch");

    [Fact]
    public async Task Without_any_that_leads_out_the_way_to_make_one_is_told_with_its_price() =>
        await RefusedAsync(NoExternal, null, "none of them external", "--create-switch-on");

    [Fact]
    public async Task An_unknown_name_is_told_with_those_that_are_there() =>
        await RefusedAsync(Several, "Red", "no switch 'Red'", "--switch");

    [Fact]
    public async Task A_private_switch_is_refused() =>
        await RefusedAsync(Several, "Alone", "leads to no host", "external");

    [Fact]
    public async Task Without_any_a_switch_is_made_on_the_adapter_that_was_named()
    {
        using var scene = new Scene(Bare, new HyperVSpec { CreateSwitchOn = "spare gigabit adapter" });

        await scene.CreateAsync();

        (await ListAsync(scene)).ShouldHaveSingleItem().Kind.ShouldBe(SwitchKind.External);
    }

    [Fact]
    public async Task A_host_that_has_wireless_only_gets_a_switch_on_that()
    {
        var options = Bare with { FreeAdapters = [], WirelessAdapters = ["Wi-Fi 6 AX200"] };
        using var scene = new Scene(options, new HyperVSpec { CreateSwitchOn = "wi-fi 6 ax200" });

        await scene.CreateAsync();

        (await ListAsync(scene)).ShouldHaveSingleItem().Kind.ShouldBe(SwitchKind.External);
    }

    [Theory]
    [InlineData("DefineSystem", FaultKind.AnswerLost)]
    [InlineData("DefineSystem", FaultKind.AnswerLate)]
    [InlineData("get Msvm_ConcreteJob", FaultKind.SessionLost)]
    public async Task The_networks_blink_while_a_switch_is_made_is_no_failure(string name, FaultKind kind)
    {
        // The first such calls of a creation are those of its switch.
        var once = new Once<SimulatedCall>(call => call.Name == name);
        var options = Bare with { Faults = call => once.IsAt(call) ? new Fault(kind) : null };
        using var scene = new Scene(options, new HyperVSpec { CreateSwitchOn = "Spare Gigabit Adapter" });

        await scene.CreateAsync();

        once.Happened.ShouldBeTrue();
        (await ListAsync(scene)).ShouldHaveSingleItem().Kind.ShouldBe(SwitchKind.External);
    }

    [Fact]
    public async Task A_switch_that_was_made_for_a_machine_that_failed_is_removed_again()
    {
        var options = Bare with
        {
            Faults = call => call.Name == "CreateVirtualHardDisk" ? new Fault(FaultKind.Code, 32768) : null,
        };
        using var scene = new Scene(options, new HyperVSpec { CreateSwitchOn = "Spare Gigabit Adapter" });

        await Should.ThrowAsync<ContainerHostException>(() => scene.CreateAsync());

        (await ListAsync(scene)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_adapter_that_is_not_there_is_told_with_those_that_are_free()
    {
        using var scene = new Scene(Bare, new HyperVSpec { CreateSwitchOn = "Ethernet 9" });

        var refused = await Should.ThrowAsync<PrerequisitesMissingException>(() => scene.CreateAsync());

        refused.Saw.ShouldContain("'Spare Gigabit Adapter'");
        scene.Host.Calls.ShouldAllBe(call => !call.IsMethod);
    }

    private static Task<IReadOnlyList<VirtualSwitch>> ListAsync(Scene scene) =>
        new VirtualSwitches(scene.Host.ToHost()).ListAsync(Token);

    private static async Task RefusedAsync(HostOptions options, string? name, string saw, string advice)
    {
        var refused = await Should.ThrowAsync<PrerequisitesMissingException>(() => ChooseAsync(options, name));
        refused.Saw.ShouldContain(saw);
        refused.Try.ShouldContain(advice);
    }

    private static Task<VirtualSwitch> ChooseAsync(HostOptions options, string? name) =>
        new VirtualSwitches(new SimulatedHost(options).ToHost()).ChooseAsync(name, Token);
}
