using System.IO.Compression;

namespace Build.Tests.Bootstrap;

/// <summary>build.sh asks real sources, by the real SDK's restore, for an engine: a feed in a folder, with a package that is called Nuke.Common.</summary>
public sealed class FeedTests : IDisposable
{
    private const string Empty = "<configuration><packageSources><clear />{0}</packageSources></configuration>";

    private readonly string _folder = Directory.CreateTempSubdirectory("feed-").FullName;
    private readonly Dictionary<string, string> _environment;

    public FeedTests()
    {
        foreach (var folder in new[] { "clone/build", "clone/src", "tools", "feed", "home/.nuget/NuGet" })
            Directory.CreateDirectory(In(folder));
        var copied = "build.sh .editorconfig Directory.Build.props Directory.Packages.props global.json nuget.config";
        foreach (var file in copied.Split(' '))
            File.Copy(Path.Combine(Repository.Root, file), In($"clone/{file}"));
        // Only restores are real: what would be compiled is not there.
        File.WriteAllText(
            In("tools/dotnet"),
            "#!/bin/sh\ncase $1 in restore | --version) exec \"$REAL\" \"$@\" ;; build) while [ \"$1\" != -o ]; do shift; done; mkdir -p \"$2\"; touch \"$2/_build.dll\" ;; esac\n"
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(In("tools/dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _environment = new()
        {
            ["PATH"] = $"{In("tools")}:/usr/bin:/bin",
            ["HOME"] = In("home"),
            ["DOTNET_CLI_HOME"] = In("home"),
            ["NUGET_PACKAGES"] = In("packages"),
            ["REAL"] = Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : RealDotnet(),
        };
        // The sources of whoever runs the tests are no part of them.
        Configure("home/.nuget/NuGet/NuGet.Config", "");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("nothing", "the stand-in, since no package source here has NUKE or Fallout")]
    [InlineData("the environment", "Nuke, by what the package sources give")]
    [InlineData("a folder above the clone", "Nuke, by what the package sources give")]
    [InlineData("the user", "Nuke, by what the package sources give")]
    public async Task The_engine_is_what_a_plain_restore_here_would_find(string by, string told)
    {
        Pack("Nuke.Common", "10.1.0");
        var feed = $"<add key=\"lab\" value=\"{In("feed")}\" />";
        if (by == "the environment")
            _environment["RestoreAdditionalProjectSources"] = In("feed");
        else if (by == "a folder above the clone")
            Configure("nuget.config", feed);
        else if (by == "the user")
            Configure("home/.nuget/NuGet/NuGet.Config", feed);

        var run = await Shell.RunAsync(In("clone/build.sh"), ["Status"], "/", _environment);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain($"Build engine: {told}");
        Directory.GetDirectories(In("clone/.nuke/temp"), "probe*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_version_is_not_taken_for_the_one_that_is_asked_for()
    {
        Pack("Nuke.Common", "11.0.0");
        Configure("home/.nuget/NuGet/NuGet.Config", $"<add key=\"lab\" value=\"{In("feed")}\" />");

        (await Shell.RunAsync(In("clone/build.sh"), ["Status"], "/", _environment)).Error.ShouldContain("the stand-in");
    }

    private void Configure(string file, string sources) =>
        File.WriteAllText(In(file), Empty.Replace("{0}", sources, StringComparison.Ordinal));

    // The least that NuGet takes for a package.
    private void Pack(string id, string version)
    {
        using var package = ZipFile.Open(In($"feed/{id}.{version}.nupkg"), ZipArchiveMode.Create);
        using var writer = new StreamWriter(package.CreateEntry($"{id}.nuspec").Open());
        writer.Write(
            $"<package><metadata><id>{id}</id><version>{version}</version><authors>lab</authors><description>A test.</description></metadata></package>"
        );
    }

    private static string RealDotnet() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "dotnet"))
            .First(File.Exists);

    private string In(string path) => Path.Combine(_folder, path);
}
