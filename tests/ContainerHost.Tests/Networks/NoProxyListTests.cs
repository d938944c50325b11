using ContainerHost.Networks;

namespace ContainerHost.Tests.Networks;

/// <summary>NO_PROXY as curl and Go read it.</summary>
public sealed class NoProxyListTests
{
    [Theory]
    [InlineData("*", "https://anywhere.example/")]
    [InlineData("example.com", "https://example.com/")]
    [InlineData("example.com", "https://a.b.EXAMPLE.com/")]
    [InlineData(".example.com", "https://a.example.com/")]
    [InlineData("*.example.com", "https://a.example.com/")]
    [InlineData("other.test, example.com:8443", "https://example.com:8443/")]
    [InlineData("10.0.0.0/8", "http://10.200.3.4/")]
    [InlineData("10.1.2.3", "http://10.1.2.3:8080/")]
    [InlineData("fd00::/8", "http://[fd12::1]:80/")]
    [InlineData("::1", "http://[::1]/")]
    [InlineData("localhost 127.0.0.0/8", "http://127.0.0.53/")]
    public void A_place_is_reached_directly(string list, string place) =>
        new NoProxyList(list).Has(new Uri(place)).ShouldBeTrue();

    [Theory]
    [InlineData(null, "https://example.com/")]
    [InlineData("", "https://example.com/")]
    [InlineData("example.com", "https://notexample.com/")]
    [InlineData("example.com:8443", "https://example.com/")]
    [InlineData("10.0.0.0/8", "http://11.0.0.1/")]
    [InlineData("10.0.0.0/8", "http://10.example.com/")]
    [InlineData("10.1.2.3", "http://10.1.2.33/")]
    [InlineData("fd00::/8", "http://[fe80::1]/")]
    public void A_place_is_reached_through_the_proxy(string? list, string place) =>
        new NoProxyList(list).Has(new Uri(place)).ShouldBeFalse();
}
