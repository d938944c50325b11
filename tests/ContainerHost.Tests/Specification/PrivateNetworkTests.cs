using ContainerHost.Specification;

namespace ContainerHost.Tests.Specification;

public sealed class PrivateNetworkTests
{
    [Theory]
    [InlineData("lab:ip=10.77.0.11/24", "10.77.0.11", "10.77.0.12/24")]
    [InlineData("x:ip=172.31.255.6/29", "172.31.255.6", null)]
    [InlineData("a-1:ip=192.168.1.254/16", "192.168.1.254", "192.168.1.255/16")]
    [InlineData("big:ip=10.200.0.1/9", "10.200.0.1", "10.200.0.2/9")]
    public void An_address_and_the_next_one(string text, string address, string? next)
    {
        PrivateNetwork.TryParse(text, out var network).ShouldBeTrue();

        network.ToString().ShouldBe(text);
        network.Address.ShouldBe(address);
        network.Next(1)?.AddressWithBits.ShouldBe(next);
    }

    [Theory]
    [InlineData("lab")]
    [InlineData("lab:ip=")]
    [InlineData("lab:ip=10.77.0.11")]
    [InlineData("lab:ip=10.77.0.11/024")]
    [InlineData("lab:ip=10.77.0.11/+24")]
    [InlineData("lab:ip=10.77.0.11/24 ")]
    [InlineData("lab:ip=10.77.11/24")]
    [InlineData("lab:ip=010.77.0.11/24")]
    [InlineData("lab:ip=10.77.0.0/24")]
    [InlineData("lab:ip=10.77.0.255/24")]
    [InlineData("lab:ip=10.77.0.11/30")]
    [InlineData("lab:ip=10.77.0.11/7")]
    [InlineData("lab:ip=172.32.0.1/16")]
    [InlineData("lab:ip=172.16.0.1/8")]
    [InlineData("lab:ip=192.169.1.1/24")]
    [InlineData("lab:ip=8.8.8.8/24")]
    [InlineData("lab:ip=127.0.0.1/24")]
    [InlineData("lab:ip=169.254.0.1/24")]
    [InlineData("lab:ip=fd00::1/24")]
    [InlineData("lab:ip=10.0.2.15/24")]
    [InlineData("lab:ip=10.0.0.1/8")]
    [InlineData("lab:ip=10.88.0.5/16")]
    [InlineData("lab:ip=10.88.3.5/24")]
    [InlineData("a/b:ip=10.77.0.11/24")]
    [InlineData("..:ip=10.77.0.11/24")]
    [InlineData("lab:ip=10.77.0.11/24:ip=10.77.0.12/24")]
    [InlineData("lab:mac=10.77.0.11/24")]
    [InlineData("")]
    public void Anything_else_is_none(string text) => PrivateNetwork.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("lab:ip=10.77.0.254/24", 1)]
    [InlineData("lab:ip=10.77.0.254/24", 3)]
    [InlineData("lab:ip=10.77.0.6/29", 3)]
    public void There_is_no_next_one_beyond_the_network(string text, int steps)
    {
        PrivateNetwork.TryParse(text, out var network).ShouldBeTrue();

        network.Next(steps).ShouldBeNull();
    }

    [Theory]
    [InlineData("lab:ip=10.77.0.99/24", true)]
    [InlineData("lab:ip=10.77.1.11/24", false)]
    [InlineData("lab:ip=10.77.0.99/25", false)]
    [InlineData("other:ip=10.77.0.99/24", false)]
    public void Hosts_of_one_network_reach_each_other(string other, bool reached)
    {
        PrivateNetwork.TryParse("lab:ip=10.77.0.11/24", out var network).ShouldBeTrue();
        PrivateNetwork.TryParse(other, out var beside).ShouldBeTrue();

        network.IsBeside(beside).ShouldBe(reached);
    }
}
