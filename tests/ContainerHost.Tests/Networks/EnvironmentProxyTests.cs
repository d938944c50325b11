using System.Net;
using ContainerHost.Errors;
using ContainerHost.Networks;

namespace ContainerHost.Tests.Networks;

public sealed class EnvironmentProxyTests
{
    [Theory]
    [InlineData("HTTP_PROXY", "http://[bad")]
    [InlineData("https_proxy", "http://:3128")]
    [InlineData("ALL_PROXY", "ftp://proxy.test:21")]
    [InlineData("HTTPS_PROXY", "http://user:pa#ss@proxy.test:3128")]
    public void A_variable_that_is_no_address_is_told_by_its_name_without_its_value(string name, string value)
    {
        var proxy = new EnvironmentProxy(new WebProxy(), asked => asked == name ? value : null);

        var error = Should.Throw<InvalidInputException>(proxy.Require);

        error.Message.ShouldContain($"{name} is not the address of a proxy");
        error.Message.ShouldNotContain(value);
    }

    [Theory]
    [InlineData("http://proxy.test:3128")]
    [InlineData("proxy.test:3128")]
    [InlineData("http://user:p%40ss@proxy.test:3128/")]
    [InlineData("socks5://127.0.0.1:1080")]
    [InlineData("")]
    public void An_address_of_a_proxy_is_taken(string value) =>
        Should.NotThrow(new EnvironmentProxy(new WebProxy(), _ => value).Require);

    [Fact]
    public void Small_names_count_first_and_what_NO_PROXY_lists_is_reached_directly()
    {
        var values = new Dictionary<string, string> { ["no_proxy"] = "10.0.0.0/8", ["NO_PROXY"] = "example.com" };
        var proxy = new EnvironmentProxy(new WebProxy("http://proxy.test:3128"), values.GetValueOrDefault);

        proxy.GetProxy(new Uri("http://10.9.8.7/")).ShouldBeNull();
        proxy.GetProxy(new Uri("http://example.com/")).ShouldBe(new Uri("http://proxy.test:3128"));
    }
}
