using Nuke.Common.ValueInjection;

namespace Build.Tests.ValueInjection;

/// <summary>What a user gives a build, in the places it can come from.</summary>
internal sealed record Given
{
    public string[] Arguments { get; init; } = [];

    public Dictionary<string, string> Variables { get; init; } = [];

    public string[] Files { get; init; } = [];

    public static Given Line(string line) => new() { Arguments = line.Split(' ') };

    public ParameterValues Values =>
        new(
            ParameterMember.Of(typeof(IceCream)),
            new CommandLine(Arguments),
            new EnvironmentValues(Variables),
            [.. Files.Select((json, index) => new ParametersFile($"file{index}.json", json))]
        );

    public IOrder Order => new IceCream { Values = Values };
}
