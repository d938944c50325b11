using ContainerHost.Specification;

namespace ContainerHost.Tests.Specification;

public sealed class HostNameTests
{
    [Theory]
    [InlineData("-leading")]
    [InlineData("two words")]
    [InlineData("../outside")]
    [InlineData("much-too-long-a-name")]
    public void A_name_that_is_not_legal_everywhere_is_none(string text) =>
        HostName.TryParse(text, out _).ShouldBeFalse();
}
