using ContainerHost.Specification;

namespace ContainerHost.Tests.Specification;

public sealed class WindowsKeysTests
{
    [Theory]
    [InlineData(20348, "ServerDatacenter", "WX4NM-KYWYW-QJJR4-XV3QB-6VM33")]
    [InlineData(20348, "ServerStandardCor", "VDYBN-27WPP-V4HQT-9VMD4-VMK7H")]
    [InlineData(20348, "ServerDatacenterEval", null)]
    [InlineData(20348, "ServerDatacenterEvalCor", null)]
    [InlineData(99999, "ServerDatacenter", null)]
    [InlineData(20348, "ServerTurbine", null)]
    [InlineData(null, null, null)]
    public void Media_that_are_no_evaluations_have_a_public_key(int? build, string? edition, string? key) =>
        WindowsKeys.For(build, edition).ShouldBe(key);

    [Theory]
    [InlineData("wx4nm-kywyw-qjjr4-xv3qb-6vm33", 20348, "ServerDatacenter", null)]
    [InlineData("WX4NM-KYWYW-QJJR4-XV3QB-6VM33", 26100, "ServerDatacenter", "build 20348")]
    [InlineData("WX4NM-KYWYW-QJJR4-XV3QB-6VM33", 20348, "ServerStandard", "for ServerDatacenter")]
    [InlineData("AAAAA-BBBBB-CCCCC-DDDDD-EEEEE", 20348, "ServerDatacenter", null)]
    [InlineData("AAAAA-BBBBB-CCCCC-DDDDD-EEEEE", 20348, "ServerDatacenterEval", "takes no product key")]
    public void A_key_of_another_edition_is_refused_where_it_can_be_known(
        string key,
        int build,
        string edition,
        string? refused
    )
    {
        var wrong = WindowsKeys.Refuse(key, build, edition);
        if (refused is null)
            wrong.ShouldBeNull();
        else
            wrong.ShouldNotBeNull().ShouldContain(refused);
    }
}
