using System.IO.Compression;
using Build.Tests.Processes;

namespace Build.Tests.Releasing;

/// <summary>Publish as people run it: a process of this repository's own build, in a repository of the test's.</summary>
public sealed class PublishRunTests() : SampleTest("_build.dll")
{
    private const string Alone = "--leave-out ContainerHost.Nuke,ContainerHost.Fallout --verbosity Verbose --no-logo";

    private WorkingCopy Copy => new(Root);

    [Fact]
    public async Task A_release_goes_to_github_and_to_a_folder_of_packages()
    {
        await using var hub = await PrepareAsync();
        var feed = Directory.CreateDirectory(Path.Combine(Root, "feed"));

        var run = await Run($"{Line(hub)} --nuget-source {feed.FullName}");

        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        hub.Releases.ShouldHaveSingleItem()
            .Names.Select(Path.GetExtension)
            .ShouldBe([".nupkg", ".snupkg", ".json", ""]);
        feed.GetFiles().ShouldHaveSingleItem().Name.ToLowerInvariant().ShouldBe("containerhost.0.1.0.nupkg");
        run.Output.ShouldContain("takes no symbols");
    }

    [Fact]
    public async Task No_secret_is_told_by_a_server_that_tells_all()
    {
        await using var hub = await PrepareAsync();
        hub.Faults.Add(new("PUT", "/v3/push", HubFault.Message(403, $"The key {Hub.Key} and the token {Hub.Token}")));

        var run = await Run($"{Line(hub)} --nuget-source {hub.Address}v3/index.json");

        run.ExitCode.ShouldBe(2, run.Output + run.Error);
        var log = Directory.EnumerateFiles(Temporary, "*.log").Select(File.ReadAllText);
        foreach (var told in log.Append(run.Output).Append(run.Error))
        {
            told.ShouldNotContain(Hub.Key);
            told.ShouldNotContain(Hub.Token);
        }
    }

    [Fact]
    public async Task What_is_wrong_is_told_before_anything_is_packed()
    {
        await using var hub = await PrepareAsync();

        var run = await Run($"Publish --nuget-source http://feed.example/ --github-repository it {Alone}");

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldContain("--nuget-source 'http://feed.example/' is not valid");
        run.Output.ShouldContain("--github-repository 'it' is not valid");
        run.Output.ShouldContain("ReleaseCheck failed");
        hub.Asked.ShouldBeEmpty();
    }

    private string Line(Hub hub) => $"Publish --skip --github-address {hub.Address} --github-repository me/it {Alone}";

    private async Task<Hub> PrepareAsync()
    {
        Variables["NUKE_NUGET_API_KEY"] = Hub.Key;
        Variables["NUKE_GITHUB_TOKEN"] = Hub.Token;
        Copy.Write(
            "Directory.Build.props",
            "<Project><PropertyGroup><Version>0.1.0</Version></PropertyGroup></Project>"
        );
        Copy.Write("CHANGELOG.md", "## 0.1.0 - 2026-11-26\n- This.\n");
        await Copy.CommitAsync();
        foreach (var kind in new[] { "snupkg", "cdx.json" })
            Copy.Write($"artifacts/packages/ContainerHost.0.1.0.{kind}", kind);
        var package = Path.Combine(Root, "artifacts/packages/ContainerHost.0.1.0.nupkg");
        using (var zip = ZipFile.Open(package, ZipArchiveMode.Create))
        {
            await using var text = new StreamWriter(
                await zip.CreateEntry("ContainerHost.nuspec").OpenAsync(TestContext.Current.CancellationToken)
            );
            await text.WriteAsync(
                """
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
                  <id>ContainerHost</id><version>0.1.0</version><authors>Ann</authors><description>It</description>
                </metadata></package>
                """
            );
        }
        return Hub.Start();
    }
}
