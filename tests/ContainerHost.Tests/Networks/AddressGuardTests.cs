using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using ContainerHost.Networks;
using NetworkAccess = ContainerHost.Networks.NetworkAccess;

namespace ContainerHost.Tests.Networks;

public sealed class AddressGuardTests : FolderTest
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

    [Fact]
    public void Archives_of_this_machine_are_those_that_its_apt_reads()
    {
        Put(
            "sources.list",
            "deb [signed-by=/k] http://localhost:3142/debian trixie main # http://localhost:1/\n#deb http://localhost:2/ x"
        );
        Put("sources.list.d/six.sources", "URIs: http://[::1]:3143/debian https://user:word@archive.internal/debian");
        Put("sources.list.d/old.list.save", "deb http://localhost:3/ x main");

        string[] places = ["localhost:3142", "::1:3143", "archive.internal:443"];
        AddressGuard.PlacesOf(Folder).ShouldBe(places, ignoreOrder: true);
        AddressGuard.PlacesOf(In("none")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_proxy_on_this_machine_leads_to_places_by_a_tunnel()
    {
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)proxy.LocalEndpoint).Port}";
        var network = new LocalNetwork(new NetworkAccess())
        {
            Proxy = new EnvironmentProxy(new WebProxy(address), _ => null),
        };
        using var http = new HttpClient(network.GuardedBy(_guard).NewHandler());

        var asking = http.GetAsync(new Uri("https://archive.example/file"), Token);
        using var client = await proxy.AcceptTcpClientAsync(Token);
        using var reader = new StreamReader(client.GetStream());
        (await reader.ReadLineAsync(Token)).ShouldStartWith("CONNECT archive.example:443 ");
        await client.GetStream().WriteAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), Token);
        await Should.ThrowAsync<HttpRequestException>(asking);
    }
}
