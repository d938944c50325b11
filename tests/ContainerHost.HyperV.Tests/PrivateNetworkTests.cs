using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.HyperV.Simulator;
using ContainerHost.HyperV.Simulator.Faults;
using ContainerHost.HyperV.Tests.Faults;
using ContainerHost.HyperV.Tests.Graph;
using ContainerHost.Machines;
using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.HyperV.Cim;
using ContainerHost.Tests.Specification;

namespace ContainerHost.HyperV.Tests;

public sealed class PrivateNetworkTests
{
    [Fact]
    public async Task Two_machines_share_a_switch_without_the_host_which_goes_with_the_second()
    {
        using var scene = new Scene();
        var one = await CreateAsync(scene, "one");
        var two = await CreateAsync(scene, "two");

        var made = (await NetworksAsync(scene)).ShouldHaveSingleItem();
        made.Kind.ShouldBe(SwitchKind.Private);
        Connections(scene).Count(connection => PrivateNetworkSwitch.LeadsTo(connection, made.Path)).ShouldBe(2);

        await scene.DestroyAsync(one);
        (await NetworksAsync(scene)).ShouldHaveSingleItem("the other machine is on it");
        await scene.DestroyAsync(two);
        (await NetworksAsync(scene)).ShouldBeEmpty();
        (await ListAsync(scene)).Select(found => found.Name).ShouldContain("Outside");
    }

    [Fact]
    public async Task The_second_adapter_has_the_address_that_the_guest_knows_it_by_and_is_not_where_the_guest_is_reached()
    {
        using var scene = new Scene();
        var machine = await CreateAsync(scene, "one");

        var ports = scene
            .Host.Machines.PartsOf(scene.Host.Machines.All[0], "Msvm_SyntheticEthernetPortSettingData")
            .ToList();
        ports.Count.ShouldBe(2);
        ports
            .Single(port => port.Get<bool>("StaticMacAddress"))
            .Text("Address")
            .ShouldBe(machine.PrivateMac.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant());
        (await scene.Hypervisor.StartAsync(machine.Folder, Token)).Address.ShouldBe("192.0.2.17");
    }

    [Fact]
    public async Task An_address_of_which_nobody_tells_the_adapter_is_not_taken()
    {
        using var scene = new Scene(new HostOptions { AddressByExchangeOnly = true });
        var machine = await CreateAsync(scene, "one");

        await Should.ThrowAsync<DeadlineException>(() => scene.Hypervisor.StartAsync(machine.Folder, Token));
    }

    [Fact]
    public async Task A_switch_of_that_name_that_is_not_ours_is_left_alone()
    {
        using var scene = new Scene(new HostOptions { PrivateSwitches = ["ContainerHost lab"] });

        var refused = await Should.ThrowAsync<ContainerHostException>(() => CreateAsync(scene, "one"));

        refused.Saw.ShouldContain("not ours");
        (await NetworksAsync(scene)).ShouldHaveSingleItem();
        scene.Host.Machines.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("AddResourceSettings", FaultKind.Code)]
    [InlineData("ModifySystemSettings", FaultKind.JobHangs)]
    public async Task A_machine_that_failed_takes_its_network_with_it(string name, FaultKind kind)
    {
        var once = new Once<SimulatedCall>(call => call.Name == name);
        using var scene = new Scene(
            new HostOptions { Faults = call => once.IsAt(call) ? new Fault(kind, 32769) : null }
        );

        await Should.ThrowAsync<ContainerHostException>(() => CreateAsync(scene, "one"));

        (await NetworksAsync(scene)).ShouldBeEmpty();
        scene.Host.Machines.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_network_that_a_checkpoint_knows_stays_until_the_machine_goes()
    {
        using var scene = new Scene();
        var machine = await CreateAsync(scene, "one");
        await scene.Hypervisor.CreateCheckpointAsync(machine.Folder, "kept", Token);

        await scene.DestroyAsync(machine);

        (await NetworksAsync(scene)).ShouldBeEmpty();
    }

    [Fact]
    public void Linux_guests_may_ask_for_one_and_windows_guests_may_not()
    {
        const string network = "--private-network lab:ip=10.77.0.2/24";
        Typed.Request($"--provider HyperV --guest debian-13-cloud {network}").ToSpec().PrivateNetwork.ShouldNotBeNull();

        Should
            .Throw<InvalidInputException>(() => Typed.Request($"--provider HyperV --accept-license {network}").ToSpec())
            .Message.ShouldContain("--private-network is for Linux guests");
    }

    [Fact]
    public async Task A_network_of_machines_that_are_elsewhere_is_refused()
    {
        using var scene = new WindowsScene();
        var other = Typed.Request("--name one --provider Qemu --private-network lab:ip=10.77.0.1/24").ToSpec();
        await scene.Services.Store.SaveAsync(
            new HostState
            {
                Spec = other,
                InstanceId = Guid.NewGuid(),
                CreatedAt = DateTimeOffset.UnixEpoch,
            },
            Token
        );
        var here = Typed
            .Request("--name two --provider HyperV --guest debian-13-cloud --private-network lab:ip=10.77.0.2/24")
            .ToSpec();

        var refused = Should.Throw<InvalidInputException>(() =>
            new PrivateNetworkHosts(scene.Services).RequireRoom(here)
        );

        refused.Message.ShouldContain("the host 'one', whose machine is not where");
    }

    private static async Task<MachineSpec> CreateAsync(Scene scene, string name) =>
        await scene.CreateAsync(scene.Describe(name) with { PrivateNetwork = WindowsScene.NameOf("lab") });

    private static IEnumerable<CimObject> Connections(Scene scene) =>
        scene.Host.Store.OfClass("Msvm_EthernetPortAllocationSettingData");

    private static Task<IReadOnlyList<VirtualSwitch>> ListAsync(Scene scene) =>
        new VirtualSwitches(scene.Host.ToHost()).ListAsync(Token);

    private static async Task<IEnumerable<VirtualSwitch>> NetworksAsync(Scene scene) =>
        (await ListAsync(scene)).Where(one => one.Name == "ContainerHost lab");
}
