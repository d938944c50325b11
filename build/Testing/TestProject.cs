using System.Xml.Linq;

namespace Testing;

/// <summary>A test project: a program of its own (xunit.v3) that writes what it found as XML.</summary>
internal sealed record TestProject(string Name, TestTier Tier)
{
    public static IReadOnlyList<TestProject> All { get; } =
    [
        new("ContainerHost.Tests", TestTier.Unit),
        new("ContainerHost.HyperV.Tests", TestTier.Unit),
        new("Build.Tests", TestTier.Unit),
        new("ContainerHost.EndToEnd", TestTier.EndToEnd),
    ];

    public AbsolutePath ProjectIn(AbsolutePath root) => root / "tests" / Name / $"{Name}.csproj";

    public AbsolutePath ProgramIn(AbsolutePath root) => root / "tests" / Name / "bin" / "Debug" / "net10.0" / Name;

    /// <summary>Reads a result file; a program that wrote none, or crashed after writing it, counts as one failure.</summary>
    public TestCounts Read(AbsolutePath results, int exitCode)
    {
        if (!File.Exists(results))
            return Crashed(TestCounts.None, exitCode);
        var assemblies = XDocument.Load(results).Descendants("assembly").ToList();
        int Sum(string attribute) => assemblies.Sum(assembly => (int?)assembly.Attribute(attribute) ?? 0);
        var tests = assemblies.Descendants("test").Where(test => (string?)test.Attribute("result") == "Fail");
        var errors = assemblies.Descendants("error");
        var counts = new TestCounts(
            Sum("passed"),
            Sum("failed") + Sum("errors"),
            Sum("skipped"),
            [
                .. tests.Select(test => $"{Name}: {(string?)test.Attribute("name")}{FailureText.Of(test)}"),
                .. errors.Select(error =>
                    $"{Name}: {(string?)error.Attribute("type")} {(string?)error.Attribute("name")}{FailureText.Of(error)}"
                ),
            ]
        );
        return exitCode == 0 || counts.Failed > 0 ? counts : Crashed(counts, exitCode);
    }

    private TestCounts Crashed(TestCounts counts, int exitCode) =>
        counts with
        {
            Failed = 1,
            Failures = [$"{Name}: the program ended with exit code {exitCode}"],
        };
}
