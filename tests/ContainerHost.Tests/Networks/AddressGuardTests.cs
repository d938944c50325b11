using System.Net;
using System.Net.NetworkInformation;
using ContainerHost.Networks;
using NetworkAccess = ContainerHost.Networks.NetworkAccess;

namespace ContainerHost.Tests.Networks;

public sealed class AddressGuardTests
{
    private readonly AddressGuard _guard = new(["archive.internal:80"]);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("100.100.100.200")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("fd20:ce::254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    public async Task A_guest_may_not_send_this_machine_to_itself_or_its_link(string address)
    {
        _guard.Allows("host", 80, IPAddress.Parse(address)).ShouldBeFalse();
        (await _guard.AllowsAsync(new UriBuilder("http", address).Uri, Token)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("203.0.113.80")]
    [InlineData("10.1.2.3")]
    [InlineData("2001:db8::1")]
    public void Other_places_are_allowed(string address) =>
        _guard.Allows("host", 80, IPAddress.Parse(address)).ShouldBeTrue();

    [Fact]
    public async Task A_name_is_judged_by_its_addresses_but_for_archives_of_this_machine()
    {
        (await _guard.AllowsAsync(new Uri("http://localhost:3142/debian"), Token)).ShouldBeFalse();
        (
            await new AddressGuard(["localhost:3142"]).AllowsAsync(new Uri("http://localhost:3142/debian"), Token)
        ).ShouldBeTrue();
        _guard.Allows("ARCHIVE.internal", 80, IPAddress.Loopback).ShouldBeTrue();
        _guard.Allows("archive.internal", 8080, IPAddress.Loopback).ShouldBeFalse();
        (await _guard.AllowsAsync(new Uri("http://nowhere.invalid/"), Token)).ShouldBeTrue("only a proxy may know it");
    }

    [Fact]
    public async Task A_connection_is_judged_by_where_it_leads_at_that_moment()
    {
        var network = new LocalNetwork(new NetworkAccess()).GuardedBy(_guard);
        using var http = new HttpClient(network.NewHandler());

        (await Should.ThrowAsync<IOException>(network.ConnectAsync("localhost", 9, Token))).Message.ShouldContain(
            "guests may not"
        );
        (await Should.ThrowAsync<HttpRequestException>(http.GetAsync(new Uri("http://localhost:9/"), Token)))
            .ToString()
            .ShouldContain("guests may not");
    }

    [Fact]
    public void An_address_of_this_machines_own_is_this_machine()
    {
        var own = NetworkInterface
            .GetAllNetworkInterfaces()
            .SelectMany(one => one.GetIPProperties().UnicastAddresses)
            .Select(one => one.Address);

        own.ShouldAllBe(address => !_guard.Allows("host", 80, address));
    }
}
