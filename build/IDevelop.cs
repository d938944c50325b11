using Testing;

/// <summary>The targets for work on this project itself.</summary>
internal interface IDevelop : IDescribeHosts
{
    [Parameter(
        "Which tests to run - default is All",
        ValueProviderType = typeof(IDevelop),
        ValueProviderMember = nameof(Tiers)
    )]
    string? Tier => TryGetValue(() => Tier);

    IEnumerable<string> Tiers => Enum.GetNames<TestTier>();

    Target Clean =>
        _ =>
            _.Description("Deletes what builds made; hosts and the cache stay")
                .Executes(() => new DevelopmentTargets(this).Clean());

    Target Compile =>
        _ =>
            _.Description("Compiles everything; warnings are errors")
                .Executes(() => new DevelopmentTargets(this).CompileAsync());

    Target Test =>
        _ =>
            _.Description("Runs the tests, those on real machines included")
                .Produces(RootDirectory / "artifacts" / "tests" / "*")
                .Executes(() => new DevelopmentTargets(this).TestAsync());

    Target Fuzz =>
        _ =>
            _.Description("Gives damaged input to every reader, a minute to each")
                .Executes(() => new DevelopmentTargets(this).FuzzAsync());

    Target Format =>
        _ =>
            _.Description("Formats the sources with csharpier")
                .Executes(() => new DevelopmentTargets(this).FormatAsync());

    Target Benchmark =>
        _ =>
            _.Description("Measures each aim against its yardstick, side by side in one run")
                .Executes(() => new DevelopmentTargets(this).BenchmarkAsync());
}
