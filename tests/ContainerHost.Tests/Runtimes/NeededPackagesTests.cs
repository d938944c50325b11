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

    [Theory]
    [InlineData("http://deb.example/debian/pool/a_1%3a2.deb", "http://deb.example/debian/pool/a_1%3a2.deb")]
    [InlineData("mirror+file:MIRRORS/pool/a_1%2b2.deb", "https://mirror.example/debian/pool/a_1%2b2.deb")]
    public async Task An_address_behind_a_list_of_mirrors_is_that_of_the_first_one(string address, string plain)
    {
        var script = Put("resolve.py", EmbeddedText.Load("Runtimes.Packages.resolve-packages.py"));
        var mirrors = Put(
            "mirrors of debian.list",
            "# ours\nhttps://mirror.example/debian\tpriority:1\nhttp://other.example/\n"
        );
        var given = address.Replace("MIRRORS", mirrors.Replace(" ", "%20"));
        var code = $"import runpy; print(runpy.run_path({Quoted(script)})['plain']({Quoted(given)}))";

        (await RealTool.RunAsync("python3", "-c", code)).Trim().ShouldBe(plain);
    }

    private static string Quoted(string text) => $"'{text}'";
}
