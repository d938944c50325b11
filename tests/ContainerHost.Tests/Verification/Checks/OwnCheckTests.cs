using ContainerHost.Processes;
using ContainerHost.Specification;
using ContainerHost.Verification.Checks;

namespace ContainerHost.Tests.Verification.Checks;

/// <summary>Checks of the user's own: they run last, their exit code judges, and what they print is the evidence.</summary>
public sealed class OwnCheckTests
{
    private static readonly OwnCheck Web = new("web", "#!/bin/sh\ntrue\n");

    [Fact]
    public void They_run_last_in_their_order_and_among_the_quick_ones()
    {
        var all = List(new HostRequest().ToSpec() with { OwnChecks = [Web, Web with { Name = "db" }] }, isClone: true);
        var ids = all.Select(check => check.Id).ToList();

        ids.TakeLast(3).ShouldBe(["reboot", "web", "db"]);
        var quick = CheckSelection.Read(null, ids, isClone: true);
        all.Where(quick.Has).Select(check => check.Id).TakeLast(2).ShouldBe(["web", "db"]);
        var one = CheckSelection.Read("db", ids, isClone: true);
        all.Where(one.Has).Select(check => check.Id).ShouldBe(["db"]);
    }

    [Fact]
    public void The_names_that_they_may_not_have_are_those_of_all_checks_there_are() =>
        List(new HostRequest().ToSpec(), isClone: true)
            .Select(check => check.Id)
            .Concat(["all", "quick"])
            .ShouldBe(OwnCheck.Taken, ignoreOrder: true);

    [Fact]
    public async Task What_it_prints_is_the_evidence()
    {
        (await RunAsync(new CommandResult(0, "one\ntwo\n", ""))).ShouldBe("one\ntwo");
    }

    [Fact]
    public async Task Another_exit_code_fails_with_its_line_and_the_last_that_it_printed()
    {
        var output = string.Join('\n', Enumerable.Range(1, 9));

        var failed = await Should.ThrowAsync<CheckFailedException>(
            RunAsync(new CommandResult(3, output, "3 line 7\n"))
        );

        failed.Message.ShouldBe("It ended with exit code 3, in line 7.\n5\n6\n7\n8\n9");
        failed.Evidence.ShouldBe($"exit code 3, in line 7\n{output}");
    }

    [Theory]
    [InlineData("4 line 7\n")]
    [InlineData("3 line seven\n")]
    public async Task A_line_is_told_only_where_the_guest_knows_it(string told)
    {
        var failed = await Should.ThrowAsync<CheckFailedException>(RunAsync(new CommandResult(3, "", told)));

        failed.Message.ShouldStartWith("It ended with exit code 3.");
    }

    [Fact]
    public async Task Of_much_output_the_beginning_is_kept_and_the_rest_is_told_as_cut()
    {
        var output = string.Concat(Enumerable.Repeat(new string('x', 99) + "\n", 100_000));

        var evidence = await RunAsync(new CommandResult(0, output, ""));

        evidence.Length.ShouldBeLessThan((64 * 1024) + 100);
        evidence.ShouldEndWith($"[cut here: {output.Length - (64 * 1024)} characters more]");
    }

    private static Task<string> RunAsync(CommandResult result)
    {
        var context = FakeContext.Of(command =>
            command.StandardInput.Contains("Runs a script of the user's", StringComparison.Ordinal)
                ? result
                : new CommandResult(0, "", "")
        );
        return List(context.Spec with { OwnChecks = [Web] }, isClone: false)[^1].RunAsync(context, Token);
    }

    private static IReadOnlyList<Check> List(HostSpec spec, bool isClone) =>
        CheckList.For(spec, ContainerChecks.OfDebian, TimeSpan.Zero, isClone);
}
