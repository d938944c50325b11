using Nuke.Common;
using Nuke.Common.ValueInjection;

namespace Build.Tests.ValueInjection;

/// <summary>What a user gives a build, in the places it can come from.</summary>
internal sealed class Given
{
    public static readonly string Directory = Path.Combine(Path.GetTempPath(), "given", "here");

    public static readonly string Root = Path.Combine(Path.GetTempPath(), "given");

    public string[] Arguments { get; init; } = [];

    public Dictionary<string, string> Variables { get; init; } = [];

    public string[] Files { get; init; } = [];

    public static Given Line(string line) => new() { Arguments = line.Split(' ') };

    public ParameterValues For<T>()
        where T : NukeBuild =>
        new(
            ParameterMembers.Of(typeof(T)),
            new CommandLine(Arguments, Directory),
            new EnvironmentValues(Variables, Directory),
            [.. Files.Select((json, index) => new ParametersFile($"file{index}.json", json, Root))]
        );

    public T Bind<T>()
        where T : NukeBuild, new()
    {
        var values = For<T>();
        values.Problems().ShouldBeEmpty();
        var build = new T { Values = values };
        values.Inject(build);
        return build;
    }
}
