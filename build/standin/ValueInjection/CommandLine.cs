namespace Nuke.Common.ValueInjection;

/// <summary>The process's arguments: targets first, then parameters, each with the values that follow it.</summary>
internal sealed class CommandLine
{
    private readonly List<(string Token, List<string> Values)> _parameters = [];

    public CommandLine(IEnumerable<string> arguments)
    {
        var targets = new List<string>();
        foreach (var argument in arguments)
        {
            if (argument.StartsWith('-'))
                _parameters.Add((argument, []));
            else if (_parameters.Count > 0)
                _parameters[^1].Values.Add(argument);
            else
                targets.Add(argument);
        }
        Targets = targets;
    }

    public IReadOnlyList<string> Targets { get; }

    public IEnumerable<RawValue> All(string name) =>
        _parameters
            .Where(parameter => KebabCase.Same(parameter.Token, name))
            .Select(parameter => new RawValue(parameter.Values, parameter.Token));
}
