using System.Net;
using System.Net.Sockets;
using ContainerHost.Errors;
using ContainerHost.Machines;
using ContainerHost.Specification;

namespace ContainerHost.HyperV.Tests.Life;

/// <summary>Ports of this machine that Windows' proxy leads to a guest on Hyper-V.</summary>
public sealed class ForwardTests
{
    private const string Guest = "192.0.2.17";

    [Fact]
    public async Task A_port_leads_to_the_guest_until_it_is_taken_away_or_the_machine_is_off()
    {
        using var scene = new Scene();
        var machine = await RunningAsync(scene);
        var (first, second) = (Netsh.FreePort(), Netsh.FreePort());

        await scene.Hypervisor.ForwardAsync(machine.Folder, [To(first, 80), To(second, 5432)], Token);
        scene.Netsh.Entries.ShouldBe(
            [$"127.0.0.1:{first} {Guest}:80", $"127.0.0.1:{second} {Guest}:5432"],
            ignoreOrder: true
        );
        (await ListAsync(scene, machine)).ShouldBe([To(first, 80), To(second, 5432)], ignoreOrder: true);

        await scene.Hypervisor.ForwardAsync(machine.Folder, [To(second, 5433)], Token);
        scene.Netsh.Entries.ShouldBe([$"127.0.0.1:{second} {Guest}:5433"]);

        await scene.Hypervisor.StopAsync(machine.Folder, TimeSpan.FromMinutes(1), Token);
        scene.Netsh.Entries.ShouldBeEmpty();
        (await ListAsync(scene, machine)).ShouldBeEmpty();
        File.Exists(machine.Folder.Forwards).ShouldBeFalse();
    }

    [Fact]
    public async Task What_a_killed_build_left_is_removed_with_the_host_and_what_is_others_stays()
    {
        using var scene = new Scene();
        scene.Netsh.Add("*:3389", "printer.example:3389");
        var machine = await RunningAsync(scene);
        await scene.Hypervisor.ForwardAsync(machine.Folder, [To(Netsh.FreePort(), 80)], Token);

        await scene.DestroyAsync(machine);

        scene.Netsh.Entries.ShouldBe(["*:3389 printer.example:3389"]);
    }

    [Fact]
    public async Task A_guest_that_got_another_address_is_followed()
    {
        using var scene = new Scene();
        var machine = await RunningAsync(scene);
        var port = Netsh.FreePort();
        await scene.LeadAsync(machine, To(port, 80), "192.0.2.99");

        (await ListAsync(scene, machine)).ShouldBeEmpty("they lead to where it was");
        (await scene.Hypervisor.GetHeldPortsAsync(machine.Folder, Token)).ShouldBe([To(port, 80)]);
        await scene.Hypervisor.ForwardAsync(machine.Folder, [To(port, 80)], Token);

        scene.Netsh.Entries.ShouldBe([$"127.0.0.1:{port} {Guest}:80"]);
        (await ListAsync(scene, machine)).ShouldBe([To(port, 80)]);
    }

    [Fact]
    public async Task A_port_of_somebody_elses_entry_is_refused_and_left_as_it_is()
    {
        using var scene = new Scene();
        var machine = await RunningAsync(scene);
        var port = Netsh.FreePort();
        scene.Netsh.Add($"*:{port}", "10.0.0.5:80");

        var refused = await Should.ThrowAsync<ContainerHostException>(
            scene.Hypervisor.ForwardAsync(machine.Folder, [To(port, 80)], Token)
        );

        refused.Saw.ShouldBe($"0.0.0.0:{port} leads to 10.0.0.5 already");
        scene.Netsh.Entries.ShouldBe([$"*:{port} 10.0.0.5:80"]);
    }

    [Fact]
    public async Task Who_is_no_administrator_is_told_so_and_what_was_there_is_there_again()
    {
        using var scene = new Scene();
        var machine = await RunningAsync(scene);
        var (had, refused, wanted) = (Netsh.FreePort(), Netsh.FreePort(), Netsh.FreePort());
        await scene.Hypervisor.ForwardAsync(machine.Folder, [To(had, 80)], Token);
        scene.Netsh.Refused = $"listenport={refused}";

        var failure = await Should.ThrowAsync<ContainerHostException>(
            scene.Hypervisor.ForwardAsync(machine.Folder, [To(wanted, 80), To(refused, 81)], Token)
        );

        failure.Attempted.ShouldBe($"forward 127.0.0.1:{refused}:81/tcp");
        failure.Saw.ShouldContain("Administrator");
        failure.Try.ShouldStartWith("run the target as an administrator");
        scene.Netsh.Entries.ShouldBe([$"127.0.0.1:{had} {Guest}:80"]);
        (await ListAsync(scene, machine)).ShouldBe([To(had, 80)]);
    }

    [Fact]
    public async Task Where_nobody_listens_then_it_is_told_and_nothing_is_left()
    {
        using var scene = new Scene();
        scene.Netsh.HelperRuns = false;
        var machine = await RunningAsync(scene);

        var failure = await Should.ThrowAsync<ContainerHostException>(
            scene.Hypervisor.ForwardAsync(machine.Folder, [To(Netsh.FreePort(), 80)], Token)
        );

        failure.Try.ShouldContain("iphlpsvc");
        scene.Netsh.Entries.ShouldBeEmpty();
        (await ListAsync(scene, machine)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_port_where_another_program_listens_is_not_taken_for_the_proxys()
    {
        using var scene = new Scene();
        var machine = await RunningAsync(scene);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        scene.Netsh.HelperRuns = false;

        var failure = await Should.ThrowAsync<ContainerHostException>(
            scene.Hypervisor.ForwardAsync(machine.Folder, [To(((IPEndPoint)other.LocalEndpoint).Port, 80)], Token)
        );

        failure.Try.ShouldContain("end the program that listens there");
        scene.Netsh.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_machine_left_that_went_off_by_itself_ends_with_its_next_start_or_stop()
    {
        using var scene = new Scene();
        var machine = await scene.CreateAsync();
        await scene.LeadAsync(machine, To(Netsh.FreePort(), 80), "192.0.2.99");

        await scene.Hypervisor.PowerOnAsync(machine.Folder, Token);
        scene.Netsh.Entries.ShouldBeEmpty();

        await scene.Hypervisor.StopAsync(machine.Folder, TimeSpan.FromMinutes(1), Token);
        await scene.LeadAsync(machine, To(Netsh.FreePort(), 80), "192.0.2.99");
        await scene.Hypervisor.StopAsync(machine.Folder, TimeSpan.FromMinutes(1), Token);
        scene.Netsh.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_of_two_is_taken_away_while_the_guest_tells_no_address()
    {
        using var scene = new Scene();
        var machine = await scene.CreateAsync();
        var (stays, goes) = (To(Netsh.FreePort(), 80), To(Netsh.FreePort(), 81));
        await scene.LeadAsync(machine, stays, Guest);
        await scene.LeadAsync(machine, goes, Guest);

        await scene.Hypervisor.ForwardAsync(machine.Folder, [stays], Token);

        scene.Netsh.Entries.ShouldBe([$"127.0.0.1:{stays.Port} {Guest}:80"]);
    }

    [Fact]
    public async Task Who_is_no_administrator_stops_his_machine_and_destroys_nothing_by_half()
    {
        using var scene = new Scene();
        var machine = await RunningAsync(scene);
        await scene.Hypervisor.ForwardAsync(machine.Folder, [To(Netsh.FreePort(), 80)], Token);
        scene.Netsh.Refused = "delete";

        await scene.Hypervisor.StopAsync(machine.Folder, TimeSpan.FromMinutes(1), Token);
        (await scene.Hypervisor.GetStateAsync(machine.Folder, Token)).ShouldBe(MachineState.Off);
        await Should.ThrowAsync<ContainerHostException>(scene.DestroyAsync(machine));
        scene.Host.Machines.All.ShouldHaveSingleItem();

        scene.Netsh.Refused = null;
        await scene.DestroyAsync(machine);
        scene.Netsh.Entries.ShouldBeEmpty();
        scene.Host.Machines.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_entry_that_leads_elsewhere_than_the_record_says_is_somebody_elses()
    {
        using var scene = new Scene();
        var machine = await RunningAsync(scene);
        var port = Netsh.FreePort();
        await scene.LeadAsync(machine, To(port, 80), Guest);
        scene.Netsh.Add($"127.0.0.1:{port}", "10.0.0.5:80");

        await scene.DestroyAsync(machine);

        scene.Netsh.Entries.ShouldBe([$"127.0.0.1:{port} 10.0.0.5:80"]);
    }

    [Fact]
    public async Task Without_a_port_nothing_is_asked_of_Windows()
    {
        using var scene = new Scene();
        var machine = await RunningAsync(scene);

        (await ListAsync(scene, machine)).ShouldBeEmpty();
        await scene.Hypervisor.StopAsync(machine.Folder, TimeSpan.FromMinutes(1), Token);
        await scene.DestroyAsync(machine);

        scene.Netsh.Runs.ShouldBe(0);
    }

    [Fact]
    public async Task A_guest_without_an_address_is_none_that_ports_lead_to()
    {
        using var scene = new Scene();
        var machine = await scene.CreateAsync();

        var refused = await Should.ThrowAsync<ContainerHostException>(
            scene.Hypervisor.ForwardAsync(machine.Folder, [To(Netsh.FreePort(), 80)], Token)
        );

        refused.Saw.ShouldContain("no address");
        scene.Netsh.Entries.ShouldBeEmpty();
    }

    private static async Task<MachineSpec> RunningAsync(Scene scene)
    {
        var machine = await scene.CreateAsync();
        (await scene.Hypervisor.StartAsync(machine.Folder, Token)).Address.ShouldBe(Guest);
        return machine;
    }

    private static Task<IReadOnlyList<PortForward>> ListAsync(Scene scene, MachineSpec machine) =>
        scene.Hypervisor.GetForwardsAsync(machine.Folder, Token);

    private static PortForward To(int port, int guestPort) => new(IPAddress.Loopback, port, guestPort);
}
