using ContainerHost.Media;

namespace ContainerHost.Tests.Media;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("get https://bob:S3cr3t@host/a.iso now", "get https://host/a.iso now")]
    [InlineData(
        "\"diskImage\": \"https://bob:p@ss@host/a.iso?sig=abc\\u0026x=1\",",
        "\"diskImage\": \"https://host/a.iso\","
    )]
    [InlineData("http://host/a?token=1, and http://other/b", "http://host/a and http://other/b")]
    [InlineData("mail bob@host.example about it", "mail bob@host.example about it")]
    [InlineData("https://host/@scope/package", "https://host/@scope/package")]
    public void Names_passwords_and_queries_go_from_every_address(string text, string shown) =>
        PublicAddress.In(text).ShouldBe(shown);
}
