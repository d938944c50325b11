using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Prerequisites;
using ContainerHost.Processes;
using ContainerHost.Specification;
using Serilog;

namespace Testing;

/// <summary>What the targets for work on this project do.</summary>
internal sealed class DevelopmentTargets(IDevelop build)
{
    private const string FuzzSeconds = "CONTAINERHOST_FUZZ_SECONDS";

    private readonly ProcessRunner _processes = new();

    private static Dictionary<string, string?> FuzzLonger =>
        new() { [FuzzSeconds] = Environment.GetEnvironmentVariable(FuzzSeconds) ?? "60" };

    private AbsolutePath Artifacts => build.RootDirectory / "artifacts" / "tests";

    public void Clean()
    {
        var root = (string)build.RootDirectory;
        foreach (var project in Directory.EnumerateFiles(root, "*.csproj", SearchOption.AllDirectories))
        {
            // The build itself runs from its own output, which build.sh keeps elsewhere.
            foreach (var output in new[] { "bin", "obj" })
            {
                var folder = Path.Combine(Path.GetDirectoryName(project)!, output);
                if (Directory.Exists(folder))
                    Directory.Delete(folder, recursive: true);
            }
        }
        if (Directory.Exists(Path.Combine(root, "artifacts")))
            Directory.Delete(Path.Combine(root, "artifacts"), recursive: true);
    }

    public Task CompileAsync() =>
        build.WithHostsAsync(
            (_, token) => DotnetAsync("compile", ["build", "ContainerHost.slnx", "--nologo", "-v", "quiet"], token)
        );

    public Task FormatAsync() =>
        build.WithHostsAsync(
            async (_, token) =>
            {
                await DotnetAsync("restore the tools", ["tool", "restore"], token);
                await DotnetAsync("format", ["csharpier", "format", "."], token);
            }
        );

    public Task BenchmarkAsync() =>
        build.WithHostsAsync(
            (_, token) =>
                DotnetAsync("measure", ["run", "--configuration", "Release", "--project", "tests/Benchmarks"], token)
        );

    public Task TestAsync() =>
        build.WithHostsAsync(
            async (hosts, token) =>
            {
                var tier = ReadTier();
                await PrepareAsync(hosts, tier, token);
                var counts = TestCounts.None;
                foreach (var project in TestProject.All.Where(project => tier == TestTier.All || project.Tier == tier))
                    counts += await RunAsync(project, token);
                Log.Information("Tests: {Counts}, {Skipped} skipped", counts, counts.Skipped);
                await File.WriteAllTextAsync(Artifacts / "summary.txt", $"{counts}\n", token);
                if (counts.Failed > 0)
                    throw new ContainerHostException(
                        "pass all tests",
                        string.Join('\n', [$"{counts}", .. counts.Failures]),
                        $"read {Artifacts}; the failures are above."
                    );
            }
        );

    public Task FuzzAsync() =>
        build.WithHostsAsync(
            async (_, token) =>
            {
                var counts = await RunAsync(TestProject.All[0], token, "-class", "*FuzzTests", "-showLiveOutput");
                if (counts.Failed > 0 || counts.Passed == 0)
                    throw new ContainerHostException(
                        "read damaged input, or refuse it",
                        string.Join('\n', [$"{counts}", .. counts.Failures]),
                        "keep the input that the failure names as a regression, and mend its reader."
                    );
            }
        );

    private TestTier ReadTier()
    {
        var name = build.Tier ?? nameof(TestTier.All);
        // Enum.TryParse alone would take numbers.
        return build.Tiers.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<TestTier>(name, ignoreCase: true)
            : throw new InvalidInputException([$"--tier '{name}' must be one of {string.Join(", ", build.Tiers)}."]);
    }

    private async Task PrepareAsync(LocalHosts hosts, TestTier tier, CancellationToken cancellationToken)
    {
        if (Directory.Exists(Artifacts))
            Directory.Delete(Artifacts, recursive: true);
        if (build.InstallPrereqs)
            await hosts.InstallForTestsAsync(hosts: tier != TestTier.Unit, cancellationToken);
    }

    private async Task<TestCounts> RunAsync(
        TestProject project,
        CancellationToken cancellationToken,
        params IReadOnlyList<string> chosen
    )
    {
        await DotnetAsync(
            $"compile {project.Name}",
            ["build", project.ProjectIn(build.RootDirectory), "--nologo", "-v", "quiet"],
            cancellationToken
        );
        Directory.CreateDirectory(Artifacts);
        var results = Artifacts / $"{project.Name}.xml";
        IReadOnlyList<string> words = ["-noLogo", "-noColor", "-result-xml", results, .. chosen];
        var command = new Command(project.ProgramIn(build.RootDirectory), words)
        {
            WorkingDirectory = build.RootDirectory,
            Environment = chosen.Count == 0 ? [] : FuzzLonger,
        };
        Log.Information("Running {Project}", project.Name);
        var ended = await _processes.RunAsync(command, cancellationToken, line => Log.Information("{Line}", line));
        return project.Read(results, ended.ExitCode);
    }

    private Task<CommandResult> DotnetAsync(
        string attempted,
        IReadOnlyList<string> words,
        CancellationToken cancellationToken
    ) =>
        _processes.RunCheckedAsync(
            new Command("dotnet", words) { WorkingDirectory = build.RootDirectory },
            attempted,
            "correct what the output names.",
            cancellationToken,
            onLine: line => Log.Information("{Line}", line)
        );
}
