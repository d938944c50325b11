using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ContainerHost.Hosts.Ports;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Hosts.Ports;

public sealed class LocalPortTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_port_that_somebody_has_is_told_with_who_it_is(bool isUdp)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells who has a port");
        using var socket = new Socket(
            AddressFamily.InterNetwork,
            isUdp ? SocketType.Dgram : SocketType.Stream,
            isUdp ? ProtocolType.Udp : ProtocolType.Tcp
        );
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (!isUdp)
            socket.Listen();
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;

        foreach (var address in (IPAddress[])[IPAddress.Loopback, IPAddress.Any])
        {
            var problem = LocalPort.ProblemOf(new(address, port, 80, isUdp), withOurRights: true).ShouldNotBeNull();
            problem.ShouldStartWith("the port is in use by ");
            problem.ShouldEndWith($"(process {Environment.ProcessId})");
        }

        // What is on another address, or of another protocol, is in nobody's way.
        LocalPort.ProblemOf(new(IPAddress.Parse("127.0.0.9"), port, 80, isUdp), withOurRights: true).ShouldBeNull();
    }

    [Fact]
    public void One_that_was_looked_at_is_free_still()
    {
        PortForward free = new(IPAddress.Loopback, FreePort.Next(), 80);

        LocalPort.ProblemOf(free, withOurRights: true).ShouldBeNull();
        LocalPort.ProblemOf(free, withOurRights: true).ShouldBeNull();
    }

    [Fact]
    public void An_address_of_another_machine_is_told_with_those_of_this_one()
    {
        // TEST-NET-3 (RFC 5737).
        var problem = LocalPort.ProblemOf(new(IPAddress.Parse("203.0.113.7"), 8080, 80), withOurRights: true);

        problem.ShouldNotBeNull().ShouldStartWith("203.0.113.7 is no address of this machine, which has ");
        problem.ShouldContain("127.0.0.1");
    }

    [Fact]
    public void A_port_that_needs_a_right_is_told_where_who_listens_has_none()
    {
        const string file = "/proc/sys/net/ipv4/ip_unprivileged_port_start";
        Assert.SkipUnless(File.Exists(file), "only Linux has such a limit");
        var least = int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture);
        Assert.SkipUnless(least > 1, "this machine gives every port to everybody");

        LocalPort
            .ProblemOf(new(IPAddress.Loopback, least - 1, 80), withOurRights: false)
            .ShouldNotBeNull()
            .ShouldStartWith($"ports below {least} need a right of root's");
    }
}
