using System.Net;
using System.Net.Sockets;
using ContainerHost.Errors;
using ContainerHost.Machines;
using ContainerHost.Machines.Qemu;
using ContainerHost.Specification;
using ContainerHost.Tests.Hosts.Ports;

namespace ContainerHost.Tests.Machines.Qemu;

/// <summary>The commands of a real QEMU's monitor, as it has them and refuses them.</summary>
public sealed class QemuForwardsTests : FolderTest
{
    private readonly QemuForwards _forwards = new(new QemuMonitor(TimeProvider.System));

    private MachineSpec Machine => MachineSample.Built with { Folder = new(Folder), InstanceId = Guid.NewGuid() };

    public override async ValueTask InitializeAsync() => await SleepingQemu.StartAsync(Machine);

    public override ValueTask DisposeAsync()
    {
        SleepingQemu.End(Machine.Folder);
        return base.DisposeAsync();
    }

    [Fact]
    public async Task Ports_come_and_go_beside_that_of_the_SSH_server()
    {
        var ssh = await _forwards.FindSshPortAsync(Machine.Folder, Token);
        var (one, other) = (FreePort.Next(), FreePort.Next());
        PortForward[] all =
        [
            new(IPAddress.Loopback, one, 80),
            new(IPAddress.Loopback, one, 53, IsUdp: true),
            new(IPAddress.Any, other, 8080),
        ];

        await SetAsync(all);
        await SetAsync(all);

        (await ListAsync()).ShouldBe(all, ignoreOrder: true);
        (await ListensAsync(one), await ListensAsync(other)).ShouldBe((true, true));
        (await _forwards.FindSshPortAsync(Machine.Folder, Token)).ShouldBe(ssh);

        // The same port here, another there: what was goes first.
        PortForward moved = new(IPAddress.Loopback, one, 81);
        await SetAsync(moved);

        (await ListAsync()).ShouldBe([moved]);
        (await ListensAsync(one), await ListensAsync(other)).ShouldBe((true, false));

        await SetAsync();

        (await ListAsync()).ShouldBeEmpty();
        (await ListensAsync(one), await ListensAsync(ssh)).ShouldBe((false, true));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_and_leaves_the_others_as_they_were()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        PortForward had = new(IPAddress.Loopback, FreePort.Next(), 80);
        PortForward free = new(IPAddress.Loopback, FreePort.Next(), 81);
        await SetAsync(had);

        var refused = await Should.ThrowAsync<ContainerHostException>(
            SetAsync(free, new(IPAddress.Loopback, ((IPEndPoint)taken.LocalEndpoint).Port, 82))
        );

        refused.Saw.ShouldStartWith("Could not set up host forwarding rule 'tcp:127.0.0.1:");
        (await ListAsync()).ShouldBe([had]);
        (await ListensAsync(had.Port), await ListensAsync(free.Port)).ShouldBe((true, false));
    }

    private Task SetAsync(params PortForward[] all) => _forwards.SetAsync(Machine.Folder, all, Token);

    private Task<IReadOnlyList<PortForward>> ListAsync() => _forwards.ListAsync(Machine.Folder, Token);

    private static async Task<bool> ListensAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
