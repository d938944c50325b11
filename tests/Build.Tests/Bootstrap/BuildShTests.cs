using System.Globalization;
using System.Text.Json.Nodes;

namespace Build.Tests.Bootstrap;

/// <summary>build.sh in a copy of its own, with a dotnet that only writes down what it was asked for.</summary>
public sealed class BuildShTests : IDisposable
{
    // Answers as the SDK does, as far as build.sh asks: restores of packages it has, builds, and runs of what was built.
    private const string Dotnet = """
        #!/bin/sh
        echo "$@" >>"$LOG"
        case $1 in
            --version) exit "${SDK:-0}" ;;
            restore) grep -q "${HAS:-nothing}" "$2/probe.csproj" ;;
            build)
                while [ "$1" != -o ]; do shift; done
                mkdir -p "$2"
                touch "$2/_build.dll"
                [ -z "${SLOW:-}" ] || { echo $$ >"$SLOW"; exec sleep 60; }
                [ -z "${BROKEN:-}" ] || { echo "Program.cs(1,1): error CS1002"; exit 1; }
                ;;
            *)
                shift
                for word; do echo "[$word]"; done
                exit "${CODE:-0}"
                ;;
        esac
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("build sh ").FullName;
    private readonly Dictionary<string, string> _environment;

    public BuildShTests()
    {
        var copied = "build.sh .editorconfig Directory.Build.props Directory.Packages.props global.json nuget.config";
        foreach (var file in copied.Split(' '))
            File.Copy(Path.Combine(Repository.Root, file), In(file));
        foreach (var folder in new[] { "build", "src", "tools" })
            Directory.CreateDirectory(In(folder));
        File.WriteAllText(In("build/Build.cs"), "");
        File.WriteAllText(In("src/Library.cs"), "");
        PutTool("dotnet", Dotnet.ReplaceLineEndings("\n"));
        _environment = new() { ["PATH"] = $"{In("tools")}:/usr/bin:/bin", ["LOG"] = In("log") };
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task It_compiles_once_and_again_only_after_a_change()
    {
        await RunAsync();
        Compilations.ShouldBe(1);
        await RunAsync();
        Compilations.ShouldBe(1, "nothing changed");

        File.WriteAllText(In("src/Library.cs"), "// changed");
        File.SetLastWriteTimeUtc(In("src/Library.cs"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await RunAsync();
        Compilations.ShouldBe(2, "a source is another, however old it says it is");

        File.Move(In("build/Build.cs"), In("build/Other.cs"));
        await RunAsync();
        Compilations.ShouldBe(3, "a source has another name");
    }

    [Fact]
    public async Task A_source_from_the_future_does_not_compile_the_build_anew()
    {
        await RunAsync();
        File.SetLastWriteTimeUtc(In("build/Build.cs"), DateTime.UtcNow.AddDays(2));
        await RunAsync();
        await RunAsync();

        Compilations.ShouldBe(1);
    }

    [Theory]
    [InlineData("feature%2Fx")]
    [InlineData("it's")]
    [InlineData("work, old")]
    [InlineData("a;b@c$d")]
    public async Task A_clone_in_a_folder_that_MSBuild_cannot_read_is_compiled_elsewhere(string folder)
    {
        var clone = In(folder);
        Directory.CreateDirectory(clone);
        foreach (
            var entry in "build.sh .editorconfig Directory.Build.props Directory.Packages.props global.json nuget.config".Split(
                ' '
            )
        )
            File.Copy(In(entry), Path.Combine(clone, entry));
        foreach (var part in new[] { "build", "src" })
            Directory.CreateDirectory(Path.Combine(clone, part));
        _environment["TMPDIR"] = In("tools");

        var run = await Shell.RunAsync(Path.Combine(clone, "build.sh"), ["Status"], "/", _environment);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldBe("[Status]\n");
        Log.Single(line => line.StartsWith("build ", StringComparison.Ordinal)).ShouldNotContain(folder);
        File.Exists(Path.Combine(clone, ".nuke/temp/build/Standin/bin/_build.dll")).ShouldBeTrue();
        Directory.GetDirectories(In("tools")).ShouldBeEmpty("the copy is gone");
    }

    [Fact]
    public async Task A_script_that_is_ended_ends_its_compilation_and_lets_the_lock_go()
    {
        _environment["SLOW"] = In("compiling");
        var first = RunAsync();
        await WaitForAsync(In("compiling"), "\n");
        var compiler = await Shell.RunAsync("cat", [In("compiling")]);
        var parent = await Shell.RunAsync("ps", ["-o", "ppid=", "-p", compiler.Output.Trim()]);

        _environment["SLOW"] = "";
        var waits = $"Waiting for process {compiler.Output.Trim()}, which compiles the build in this clone\n";
        var second = Shell.RunAsync("sh", ["-c", $"'{In("build.sh")}' Status 2>'{In("said")}'"], "/", _environment);
        await WaitForAsync(In("said"), waits);
        await Shell.RunAsync("kill", ["-TERM", parent.Output.Trim()]);

        (await first).ExitCode.ShouldBe(130);
        Directory.Exists($"/proc/{compiler.Output.Trim()}").ShouldBeFalse();
        (await second).ExitCode.ShouldBe(0, "it compiled itself");
    }

    [Fact]
    public async Task What_another_user_left_is_told_with_his_name_and_what_to_do()
    {
        Assert.SkipUnless(Environment.UserName == "root", "another user is needed");
        Shell.Require("setpriv");
        await RunAsync();
        await Shell.RunAsync("chmod", ["-R", "a+rX", _root]);

        string[] asNobody = ["--reuid", "65534", "--clear-groups", In("build.sh"), "Status", "--json"];
        var run = await Shell.RunAsync("setpriv", asNobody, "/", _environment);

        run.ExitCode.ShouldBe(3);
        run.Error.ShouldContain(".nuke/temp belongs to root");
        run.Error.ShouldContain("work in a clone of your own");
        JsonNode.Parse(run.Output)!["exitCode"]!.GetValue<int>().ShouldBe(3);
    }

    [Theory]
    [InlineData("{0} Status >&-", "standard output is closed")]
    [InlineData("mkdir gone; cd gone; rmdir ../gone; {0} Status", "the current folder is not there any more")]
    public async Task Where_it_cannot_start_is_told_in_plain_words(string line, string told)
    {
        var script = string.Format(CultureInfo.InvariantCulture, line, $"'{In("build.sh")}'");

        var run = await Shell.RunAsync("sh", ["-c", script], In("tools"), _environment);

        run.ExitCode.ShouldBe(3);
        run.Error.ShouldContain(told);
    }

    private static async Task WaitForAsync(string file, string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (
            !File.Exists(file)
            || !(await File.ReadAllTextAsync(file, limit.Token)).Contains(text, StringComparison.Ordinal)
        )
            await Task.Delay(50, limit.Token);
    }

    [Fact]
    public async Task Arguments_and_the_exit_code_pass_through_unchanged()
    {
        _environment["CODE"] = "42";

        var run = await RunAsync("Shell", "--command", "echo 'two words' \"and\" $more", "");

        run.ExitCode.ShouldBe(42);
        run.Output.Split('\n').ShouldBe(["[Shell]", "[--command]", "[echo 'two words' \"and\" $more]", "[]", ""]);
    }

    [Theory]
    [InlineData("Nuke.Common", "Nuke")]
    [InlineData("Fallout.Common", "Fallout")]
    [InlineData("nothing", "the stand-in")]
    public async Task The_engine_is_chosen_by_what_the_feed_has_and_remembered(string has, string engine)
    {
        _environment["HAS"] = has;

        (await RunAsync()).Error.ShouldContain($"Build engine: {engine}");

        (await RunAsync()).Error.ShouldBeEmpty();
        Log.Count(line => line.StartsWith("restore", StringComparison.Ordinal)).ShouldBeInRange(1, 2);
        Log.ShouldContain(line =>
            line.Contains($"-p:BuildEngine={(has == "nothing" ? "Standin" : engine)}", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_engine_that_is_named_is_taken_and_not_handed_on()
    {
        var run = await RunAsync("Status", "--engine", "Fallout", "--json");

        run.Output.Split('\n').ShouldBe(["[Status]", "[--json]", ""]);
        Log.ShouldNotContain(line => line.StartsWith("restore", StringComparison.Ordinal));
        File.ReadAllText(In(".nuke/temp/engine")).Trim().ShouldBe("Fallout");
        (await RunAsync("--engine", "Cake")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_build_that_does_not_compile_shows_the_compilers_errors()
    {
        _environment["BROKEN"] = "1";

        var run = await RunAsync();

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("error CS1002");
        run.Output.ShouldBeEmpty();
        _environment.Remove("BROKEN");
        (await RunAsync()).ExitCode.ShouldBe(0, "the next run compiles again");
    }

    [Fact]
    public async Task A_missing_sdk_that_cannot_be_fetched_is_told_with_what_to_do()
    {
        _environment["SDK"] = "1";
        // No network in a test: the tools that would fetch it fail.
        foreach (var tool in new[] { "curl", "wget" })
            PutTool(tool, "#!/bin/sh\nexit 1\n");

        var run = await RunAsync();

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("Could not find the .NET SDK that global.json asks for");
        run.Error.ShouldContain("install the .NET 10 SDK");
    }

    private int Compilations => Log.Count(line => line.StartsWith("build ", StringComparison.Ordinal));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    public async Task An_SDK_that_was_fetched_must_be_the_one_that_was_asked_for(string version, int exitCode)
    {
        _environment["SDK"] = "1";
        _environment["INSTALLED"] = version;
        // Writes the vendor's script to the file that is named last; it puts an SDK where it is told to, as the real one does.
        PutTool(
            "curl",
            """
            #!/bin/sh
            for file; do :; done
            cat >"$file" <<'SCRIPT'
            while [ "$1" != --install-dir ]; do shift; done
            mkdir -p "$2"
            sed 's/{SDK:-0}/{INSTALLED}/' "$(command -v dotnet)" >"$2/dotnet"
            chmod +x "$2/dotnet"
            SCRIPT
            """.ReplaceLineEndings("\n")
        );

        var run = await RunAsync("Status");

        run.ExitCode.ShouldBe(exitCode, run.Error);
        run.Error.Contains("Could not find the .NET SDK that global.json asks for", StringComparison.Ordinal)
            .ShouldBe(exitCode != 0);
    }

    private string[] Log => File.ReadAllLines(_environment["LOG"]);

    private string In(string path) => Path.Combine(_root, path);

    private void PutTool(string name, string script)
    {
        var path = In($"tools/{name}");
        File.WriteAllText(path, script);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params IReadOnlyList<string> arguments) =>
        Shell.RunAsync(In("build.sh"), arguments, "/", _environment);
}
