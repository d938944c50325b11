using System.Xml.Linq;

namespace Testing;

/// <summary>A test project: a program of its own (xunit.v3) that writes what it found as XML.</summary>
internal sealed record TestProject(string Name, TestTier Tier)
{
    public static IReadOnlyList<TestProject> All { get; } =
    [
        new("ContainerHost.Tests", TestTier.Unit),
        new("Build.Tests", TestTier.Unit),
        new("ContainerHost.EndToEnd", TestTier.EndToEnd),
    ];

    public AbsolutePath ProjectIn(AbsolutePath root) => root / "tests" / Name / $"{Name}.csproj";

    public AbsolutePath ProgramIn(AbsolutePath root) => root / "tests" / Name / "bin" / "Debug" / "net10.0" / Name;

    /// <summary>Reads a result file; a program that wrote none, having crashed, counts as one failure.</summary>
    public static TestCounts Read(AbsolutePath results)
    {
        if (!File.Exists(results))
            return new TestCounts(0, 1, 0);
        var assemblies = XDocument.Load(results).Descendants("assembly").ToList();
        int Sum(string attribute) => assemblies.Sum(assembly => (int?)assembly.Attribute(attribute) ?? 0);
        return new TestCounts(Sum("passed"), Sum("failed") + Sum("errors"), Sum("skipped"));
    }
}
