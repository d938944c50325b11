using Releasing;

/// <summary>The targets that make a release of this project.</summary>
internal interface IRelease : IDescribeHosts
{
    [Parameter("Packages that the release goes without, with commas between - default is none")]
    string? LeaveOut => TryGetValue(() => LeaveOut);

    [Parameter(
        "Where Publish pushes packages, an address or a folder - default is https://api.nuget.org/v3/index.json"
    )]
    string? NugetSource => TryGetValue(() => NugetSource);

    [Parameter("Key for it, best set as NUKE_NUGET_API_KEY; never kept"), Secret]
    string? NugetApiKey => TryGetValue(() => NugetApiKey);

    [Parameter(
        "Where Publish makes the release, as OWNER/NAME - default is GITHUB_REPOSITORY, else git's remote 'origin'"
    )]
    string? GithubRepository => TryGetValue(() => GithubRepository);

    [Parameter("Publish tells what it would do, and changes nothing anywhere")]
    bool DryRun => TryGetValue<bool?>(() => DryRun) ?? false;

    Target ReleaseCheck =>
        _ =>
            _.Description(
                    "Checks that this commit can be released: clean, tagged, in the change log, its public API and targets kept"
                )
                .Executes(() => new ReleaseTargets(this).CheckAsync());

    Target Pack =>
        _ =>
            _.Description("Packs the packages, with symbols and a bill of materials each")
                .After(ReleaseCheck)
                .Produces(RootDirectory / "artifacts" / "packages" / "*")
                .Executes(() => new ReleaseTargets(this).PackAsync());

    Target Publish =>
        _ =>
            _.Description("Makes the release on GitHub and pushes the packages; run again, it goes on where it was")
                .DependsOn(ReleaseCheck, Pack)
                .Executes(() => new ReleaseTargets(this).PublishAsync());
}
