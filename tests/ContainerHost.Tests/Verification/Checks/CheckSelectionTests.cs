using ContainerHost.Errors;
using ContainerHost.Specification;
using ContainerHost.Verification.Checks;

namespace ContainerHost.Tests.Verification.Checks;

public sealed class CheckSelectionTests
{
    private static readonly HostSpec Spec = new HostRequest().ToSpec();

    [Theory]
    [InlineData(
        null,
        false,
        "login address nested-virtualization runtime image process-isolation vm-isolation shared-folder container-world life-cycle reboot"
    )]
    [InlineData(
        "all,login",
        false,
        "login address nested-virtualization runtime image process-isolation vm-isolation shared-folder container-world life-cycle reboot"
    )]
    [InlineData(null, true, "login address identity runtime image process-isolation vm-isolation")]
    [InlineData("quick", false, "login address runtime image process-isolation vm-isolation")]
    [InlineData("Reboot, LOGIN,reboot", false, "login image reboot")]
    [InlineData("life-cycle", false, "image life-cycle")]
    [InlineData("Quick,reboot", true, "login address identity runtime image process-isolation vm-isolation reboot")]
    public void What_is_named_runs_with_what_it_needs_in_the_order_of_the_report(string? text, bool isClone, string ids)
    {
        var all = List(Spec, isClone);
        var selection = CheckSelection.Read(text, [.. all.Select(check => check.Id)], isClone);

        string.Join(' ', all.Where(selection.Has).Select(check => check.Id)).ShouldBe(ids);
    }

    [Theory]
    [InlineData("", "''")]
    [InlineData("login,,reboot", "''")]
    [InlineData("procces-isolation", "Did you mean 'process-isolation'?")]
    [InlineData("identity", "'identity'")]
    [InlineData("login,nope", "'nope'")]
    public void What_the_host_does_not_have_is_told(string text, string told)
    {
        var ids = List(Spec, isClone: false).Select(check => check.Id).ToList();

        Should
            .Throw<InvalidInputException>(() => CheckSelection.Read(text, ids, isClone: false))
            .Problems.Single()
            .ShouldContain(told, Case.Insensitive);
    }

    [Fact]
    public void A_host_without_isolation_by_machines_has_no_check_of_it()
    {
        var spec = Spec with { Isolation = Isolation.Process };
        var ids = List(spec, isClone: false).Select(check => check.Id).ToList();

        Should.Throw<InvalidInputException>(() => CheckSelection.Read("vm-isolation,reboot", ids, isClone: false));
    }

    private static IReadOnlyList<Check> List(HostSpec spec, bool isClone) =>
        CheckList.For(spec, ContainerChecks.OfDebian, TimeSpan.Zero, isClone);
}
