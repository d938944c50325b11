namespace Build.Tests.Processes;

/// <summary>Another repository's build says <c>class Build : NukeBuild, IProvisionHost</c>, and nothing more.</summary>
public sealed class ReuseTests() : SampleTest("Reuse.dll")
{
    [Fact]
    public async Task It_owns_the_six_targets_in_their_order()
    {
        var run = await Run("--plan");

        run.ExitCode.ShouldBe(0, run.Error);
        var targets = "CheckPrereqs DownloadIso CreateVm EnableNested InstallContainers Verify Release".Split(' ');
        var places = targets.Select(target => run.Output.IndexOf(target, StringComparison.Ordinal)).ToList();
        places.ShouldAllBe(place => place >= 0, run.Output);
        places.ShouldBeInOrder();
    }

    [Fact]
    public async Task It_has_their_parameters_and_their_exit_codes()
    {
        var run = await Run("CheckPrereqs --name 1st --cpus none");

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldContain("--name '1st' is not valid");
        run.Output.ShouldContain("--cpus 'none' is not valid");
        Directory.Exists(Root / ".hosts").ShouldBeFalse();
    }
}
