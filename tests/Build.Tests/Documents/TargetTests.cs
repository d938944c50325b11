using System.Text.RegularExpressions;
using Build.Tests.Bootstrap;

namespace Build.Tests.Documents;

/// <summary>Every target is in the documents, and every documented one is run by a test, as a target: by a real machine's tests, or by those of the real build.</summary>
public sealed partial class TargetTests
{
    // What no test names, and why.
    private static readonly Dictionary<string, string> NotNamed = new()
    {
        ["EnableNested"] = "Verify runs it",
        ["ReadImages"] = "Prove runs it",
        ["ReleaseCheck"] = "Publish runs it",
        ["Restart"] = "it is Stop and Start, which are run; another boot takes a minute",
        ["Autostart"] = "it changes what the tests' machine starts",
        ["Compile"] = "it compiles the tests that would run it",
        ["Test"] = "it runs the tests that would run it",
        ["Fuzz"] = "it compiles the tests that would run it",
        ["Benchmark"] = "it compiles what is beside the tests that would run it, and takes minutes",
        ["Format"] = "it changes the working copy that the tests are in",
        ["Clean"] = "it deletes the tests that would run it",
    };

    [Fact]
    public void The_reference_has_every_target() =>
        InReference().Order().ShouldBe(RealBuild.Targets.Order(), ignoreOrder: true);

    [Fact]
    public void Every_documented_target_is_run_by_a_test() =>
        InReference()
            .Concat(DocumentedCommand.All.SelectMany(command => command.Targets))
            .Distinct()
            .Except(RunByTests())
            .ShouldBe(NotNamed.Keys, ignoreOrder: true);

    // The first column of its table: "Start, Stop, Restart", "Verify (default)".
    private static IEnumerable<string> InReference() =>
        File.ReadLines(Path.Combine(Repository.Root, "docs/reference.md"))
            .SkipWhile(line => line != "## Targets")
            .TakeWhile(line => line != "## Parameters")
            .Where(line =>
                line.StartsWith("| ", StringComparison.Ordinal)
                && !line.StartsWith("| target ", StringComparison.Ordinal)
            )
            .SelectMany(line => line.Split('|')[1].Split('(')[0].Split(','))
            .Select(name => name.Trim());

    private static HashSet<string> RunByTests() =>
        [
            .. Sources("tests/ContainerHost.EndToEnd").SelectMany(text => OnMachines().Matches(text)).Select(NameOf),
            .. Sources("tests/Build.Tests")
                .Where(text => text.Contains(": SampleTest(\"_build.dll\")", StringComparison.Ordinal))
                .SelectMany(text => OfRealBuild().Matches(text))
                .Select(NameOf),
        ];

    private static string NameOf(Match match) => match.Groups["target"].Value;

    private static IEnumerable<string> Sources(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .Select(File.ReadAllText);

    // suite.BuildAsync("Stop", name), BuildProcess.Start(["Clone", ...]), LabAsync("LabUp")
    [GeneratedRegex("""(?:\w+Async|\bStart)\(\s*\[?\s*"(?<target>[A-Z]\w+)"[,)\]]""")]
    private static partial Regex OnMachines();

    // Run("Status --json"), Run($"Publish {more}"), and rows of theories that are run.
    [GeneratedRegex("""(?:\bRun|\bInlineData)\(\s*\$?"(?<target>[A-Z]\w+)[ "]""")]
    private static partial Regex OfRealBuild();
}
