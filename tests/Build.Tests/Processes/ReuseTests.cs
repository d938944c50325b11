namespace Build.Tests.Processes;

/// <summary>Another repository's build says <c>class Build : NukeBuild, IProvisionHost</c>, and nothing more.</summary>
public sealed class ReuseTests : IDisposable
{
    private readonly SampleRoot _root = new("Reuse.dll");

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task It_owns_the_six_targets_in_their_order()
    {
        var run = await _root.Run("--plan");

        run.ExitCode.ShouldBe(0, run.Error);
        string[] targets =
        [
            "CheckPrereqs",
            "DownloadIso",
            "CreateVm",
            "EnableNested",
            "InstallContainers",
            "Verify",
            "Release",
        ];
        var places = targets.Select(target => run.Output.IndexOf(target, StringComparison.Ordinal)).ToList();
        places.ShouldAllBe(place => place >= 0, run.Output);
        places.ShouldBeInOrder();
    }

    [Fact]
    public async Task It_has_their_parameters_and_their_exit_codes()
    {
        var run = await _root.Run("CheckPrereqs --name 1st --cpus none");

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldContain("--name '1st' is not valid");
        run.Output.ShouldContain("--cpus 'none' is not valid");
        Directory.Exists(_root.Directory / ".hosts").ShouldBeFalse();
    }
}
