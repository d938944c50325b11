using ContainerHost.Files;

namespace ContainerHost.Tests.Runtimes;

/// <summary>Which packages a distribution needs, by the script that runs in the guest.</summary>
public sealed class NeededPackagesTests : FolderTest
{
    [Theory]
    [InlineData("debian", "12", "")]
    [InlineData("debian", "13", "netavark")]
    [InlineData("debian", "13.2", "netavark")]
    [InlineData("debian", null, "netavark")]
    [InlineData("ubuntu", "22.04", "")]
    [InlineData("ubuntu", "24.04", "netavark")]
    [InlineData("ubuntu", "26.04", "netavark")]
    [InlineData("whose-archive-has-it", "1", "netavark")]
    public async Task A_name_says_from_which_release_on_it_is_needed(string id, string? version, string needed)
    {
        var script = Put("resolve.py", EmbeddedText.Load("Runtimes.Packages.resolve-packages.py"));
        var release = version is null ? $"{{'ID': '{id}'}}" : $"{{'ID': '{id}', 'VERSION_ID': '{version}'}}";
        var code = $"""
            import runpy
            resolve = runpy.run_path({Quoted(script)})
            resolve["needed"].__globals__["has"] = lambda package: True
            print(*resolve["needed"](["runc", "netavark|debian 13|ubuntu 24.04"], {release}))
            """;

        var said = await RealTool.RunAsync("python3", "-c", code);

        said.Trim().ShouldBe($"runc {needed}".Trim());
    }

    private static string Quoted(string text) => $"'{text}'";
}
