using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Build.Tests.Bootstrap;
using Build.Tests.Processes;
using ContainerHost.Processes;

namespace Build.Tests.Releasing;

/// <summary>
/// Pack in a copy of this repository, where a folder has the stand-in under the name of Nuke.Common; it gets into no folder of packages but the test's own.
/// ContainerHost.Fallout cannot be packed so: the stand-in has NUKE's namespaces.
/// </summary>
public sealed class PackTests() : SampleTest("_build.dll")
{
    private const string Origin = "https://github.com/me/it";

    private static readonly string OwnPackages = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        ".nuget",
        "packages"
    );

    private readonly ProcessRunner _processes = new();

    [Fact]
    public async Task Packages_have_all_that_a_gallery_shows_and_another_repository_is_built_from_them_alone()
    {
        await PrepareAsync();

        var run = await Run("Pack --no-logo");

        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        run.Output.ShouldContain(
            "ContainerHost.Fallout is left out: no package source that this machine asks has Fallout.Common"
        );
        foreach (var name in new[] { "ContainerHost", "ContainerHost.Nuke" })
        {
            ShouldBeWhole(name, $"{name}.dll", "nupkg", "icon.png", "README.md", $"lib/net10.0/{name}.xml");
            ShouldBeWhole(name, $"{name}.pdb", "snupkg");
            (
                await File.ReadAllTextAsync(Packed($"{name}.0.1.0.cdx.json"), TestContext.Current.CancellationToken)
            ).ShouldContain($"\"purl\": \"pkg:nuget/Octokit@{Version("Octokit")}\"");
        }
        Dependencies("ContainerHost.Nuke")
            .ShouldBe([
                "ContainerHost 0.1.0",
                $"Nuke.Common {Version("Nuke.Common")}",
                $"Serilog {Version("Serilog")}",
                $"Spectre.Console {Version("Spectre.Console")}",
                $"YamlDotNet {Version("YamlDotNet")}",
            ]);
        await AnotherRepositoryHasTheTargetsAsync();
        await ThisOneTakesTheEngineThatItsSourcesHaveAsync();
        Directory.Exists(Path.Combine(OwnPackages, "nuke.common")).ShouldBeFalse();
    }

    private async Task AnotherRepositoryHasTheTargetsAsync()
    {
        var sample = Directory.CreateTempSubdirectory("sample-").FullName;
        try
        {
            await RunAsync(Root / "samples" / "release-pipeline", "cp", "-r", ".", sample);
            foreach (var package in Directory.GetFiles(Packed("."), "*.nupkg"))
                File.Copy(package, Path.Combine(sample, "packages", Path.GetFileName(package)));

            var plan = await RunAsync(sample, "sh", "build.sh", "--plan");

            plan.ShouldContain("PrepareLab         <- InstallContainers");
            plan.ShouldContain("8. Verify             <- PrepareLab, InstallContainers, Provision");
            var wrong = await RunAsync(sample, "sh", "-c", "./build.sh Destroy --nmae lab2 2>&1; echo ended with $?");
            wrong.ShouldContain("There is no parameter '--nmae'. Did you mean '--name'?");
            wrong.ShouldContain("ended with 2");
        }
        finally
        {
            Directory.Delete(sample, recursive: true);
        }
    }

    private async Task ThisOneTakesTheEngineThatItsSourcesHaveAsync() =>
        (await RunAsync(Root, "sh", "-c", "./build.sh Status 2>&1")).ShouldContain(
            "Build engine: Nuke, by what the package sources give"
        );

    private async Task PrepareAsync()
    {
        var listed = await RunAsync(Repository.Root, "git", "ls-files", "-co", "--exclude-standard");
        var copy = new WorkingCopy(Root);
        foreach (var path in listed.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, path))!);
            File.Copy(Path.Combine(Repository.Root, path), Path.Combine(Root, path), overwrite: true);
        }
        await copy.CommitAsync();
        await copy.GitAsync("remote", "add", "origin", $"{Origin}.git");
        Variables["NUGET_PACKAGES"] = LinkPackages();
        Variables["RestoreAdditionalProjectSources"] = Root / "artifacts" / "feed";
        await RunAsync(
            Root,
            "dotnet",
            "pack",
            "build/standin/Standin.csproj",
            "-p:IsPackable=true",
            "-p:PackageId=Nuke.Common",
            $"-p:Version={Version("Nuke.Common")}",
            "--artifacts-path",
            Root / "artifacts" / "standin",
            "--output",
            Root / "artifacts" / "feed",
            "-p:UseSharedCompilation=false",
            "-nodeReuse:false"
        );
    }

    // What this machine has of packages is there by links, and what is new comes into the folder itself.
    private string LinkPackages()
    {
        var folder = Directory.CreateDirectory(Root / "artifacts" / "nuget").FullName;
        foreach (var package in Directory.Exists(OwnPackages) ? Directory.GetDirectories(OwnPackages) : [])
            Directory.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(package)), package);
        return folder;
    }

    private async Task<string> RunAsync(string folder, string program, params string[] words)
    {
        var command = new Command(program, words)
        {
            WorkingDirectory = folder,
            Environment = Variables.ToDictionary(one => one.Key, one => (string?)one.Value),
        };
        var ran = await _processes.RunAsync(command, TestContext.Current.CancellationToken);
        ran.Succeeded.ShouldBeTrue($"{command}\n{ran.StandardOutput}{ran.StandardError}");
        return ran.StandardOutput;
    }

    private void ShouldBeWhole(string name, string binary, string kind, params string[] others)
    {
        using var package = ZipFile.OpenRead(Packed($"{name}.0.1.0.{kind}"));
        others.ShouldBeSubsetOf(package.Entries.Select(entry => entry.FullName));
        // The time of the commit.
        package.Entries.ShouldAllBe(entry => entry.LastWriteTime.DateTime == new DateTime(2026, 2, 3, 4, 5, 6));
        var content = Encoding.Latin1.GetString(Read(package.GetEntry($"lib/net10.0/{binary}")!));
        content.ShouldNotContain(Path.GetFileName(Root));
        var told = Encoding.UTF8.GetString(Read(package.GetEntry($"{name}.nuspec")!));
        if (kind != "nupkg")
            return;
        told.ShouldContain("<license type=\"expression\">MIT</license>");
        told.ShouldContain("<icon>icon.png</icon>");
        told.ShouldContain("<readme>README.md</readme>");
        told.ShouldContain($"<repository type=\"git\" url=\"{Origin}.git\"");
    }

    private IEnumerable<string> Dependencies(string name)
    {
        using var package = ZipFile.OpenRead(Packed($"{name}.0.1.0.nupkg"));
        using var nuspec = new MemoryStream(Read(package.GetEntry($"{name}.nuspec")!));
        return
        [
            .. XDocument
                .Load(nuspec)
                .Descendants()
                .Where(element => element.Name.LocalName == "dependency")
                .Select(element => $"{element.Attribute("id")!.Value} {element.Attribute("version")!.Value}"),
        ];
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var copy = new MemoryStream();
        using var stream = entry.Open();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private string Packed(string name) => Root / "artifacts" / "packages" / name;

    private static string Version(string package) =>
        XDocument
            .Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Single(one => one.Attribute("Include")!.Value == package)
            .Attribute("Version")!
            .Value;
}
