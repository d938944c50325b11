using ContainerHost.Specification;

namespace ContainerHost.Tests.Specification;

public sealed class UsableAddressTests
{
    [Theory]
    [InlineData("192.0.2.17", true)]
    [InlineData("10.0.0.1", true)]
    [InlineData("169.253.1.1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("0.1.2.3", false)]
    [InlineData("7", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.12.34", false)]
    [InlineData("fe80::1", false)]
    [InlineData("::ffff:192.0.2.17", false)]
    [InlineData("lab1", false)]
    [InlineData("", false)]
    public void An_address_is_usable_when_others_can_reach_it(string text, bool usable) =>
        UsableAddress.Is(text).ShouldBe(usable);
}
