using ContainerHost.Targets.Input;
using Nuke.Common.ValueInjection;

namespace Build.Tests.ValueInjection;

public sealed class NameTests
{
    [Theory]
    [InlineData("Name", "name")]
    [InlineData("DiskSize", "disk-size")]
    [InlineData("InstallPrereqs", "install-prereqs")]
    [InlineData("JUnitXMLFile", "j-unit-xml-file")]
    public void A_name_on_the_command_line_has_dashes(string name, string dashed) =>
        KebabCase.From(name).ShouldBe(dashed);

    [Theory]
    [InlineData("Verfiy", " Did you mean 'Verify'?")]
    [InlineData("verify", " Did you mean 'Verify'?")]
    [InlineData("Banana", "")]
    [InlineData("X", "")]
    public void The_nearest_name_is_suggested_only_when_it_is_near(string typed, string hint) =>
        NearestName.Hint(typed, ["Verify", "Destroy"]).ShouldBe(hint);
}
