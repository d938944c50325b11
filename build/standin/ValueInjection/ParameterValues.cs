using System.Reflection;

namespace Nuke.Common.ValueInjection;

/// <summary>The values of all parameters: the command line goes before the environment, that before the files.</summary>
internal sealed class ParameterValues(
    IReadOnlyList<ParameterMember> parameters,
    CommandLine commandLine,
    EnvironmentValues environment,
    IReadOnlyList<ParametersFile> files
)
{
    public IReadOnlyList<ParameterMember> Parameters => parameters;

    /// <summary>The names of the targets to run, wherever they stand.</summary>
    public IReadOnlyList<string> Targets => Names(commandLine.Targets.Concat(Find("Target")?.Texts ?? []));

    /// <summary>The names of the targets to skip; an empty list for every dependency, null for none.</summary>
    public IReadOnlyList<string>? Skipped => Find("Skip") is { } raw ? Names(raw.Texts) : null;

    /// <summary>Everything given for a parameter, the strongest first.</summary>
    public IEnumerable<RawValue> All(ParameterMember parameter) =>
        commandLine
            .All(parameter.Name)
            .Concat(environment.All(parameter))
            .Concat(files.Select(file => file.Find(parameter.Name)).OfType<RawValue>());

    public RawValue? Find(string name) => Named(name) is { } parameter ? All(parameter).FirstOrDefault() : null;

    public object? Get(string name) => Get(Named(name)!.Member);

    /// <summary>Whether a switch is given, and not given as false; needs no other value to be right.</summary>
    public bool IsOn(string name) =>
        Named(name) is { IsSwitch: true }
        && Find(name) is { } raw
        && raw.Texts is not ["0"]
        && !raw.Texts.Any(text => text.Equals("false", StringComparison.OrdinalIgnoreCase));

    public object? Get(MemberInfo member)
    {
        var parameter =
            parameters.FirstOrDefault(parameter => parameter.Member == member)
            ?? throw new BuildDefinitionException($"'{member.DeclaringType?.Name}.{member.Name}' is no parameter.");
        return All(parameter).FirstOrDefault() is { } raw ? ValueReader.Read(parameter, raw) : null;
    }

    /// <summary>Reads every value and gathers every problem.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        problems.AddRange(UnknownTokens());
        problems.AddRange(files.SelectMany(UnknownKeys));
        foreach (var parameter in parameters)
        {
            var times = commandLine.All(parameter.Name).Count();
            if (times > 1)
                problems.Add($"--{parameter.DashedName} is given {times} times; give it once.");
            if (!IsReadByType(parameter))
            {
                // A target that stands after it would be taken for a value, and the default target run.
                if (!parameter.IsCollection && Find(parameter.Name) is { Texts.Count: not 1 } raw)
                    problems.Add(ValueReader.Miscounted(parameter, raw));
                continue;
            }
            if (parameter.IsSecret && files.FirstOrDefault(file => file.Find(parameter.Name) is not null) is { } file)
                problems.Add($"{file.Name} must not hold the secret '{parameter.Name}'; set it in the environment.");
            try
            {
                Get(parameter.Member);
            }
            catch (InputException error)
            {
                problems.AddRange(error.Problems);
            }
        }
        return [.. problems.Distinct()];
    }

    private ParameterMember? Named(string name) => parameters.FirstOrDefault(parameter => parameter.Name == name);

    private static List<string> Names(IEnumerable<string> texts) =>
        [.. texts.SelectMany(text => text.Split('+', StringSplitOptions.RemoveEmptyEntries))];

    // The engine's lists of targets, its paths and its host are read where they are used.
    private static bool IsReadByType(ParameterMember parameter) =>
        !parameter.IsEngine || parameter.IsSwitch || parameter.ElementType.IsEnum;

    private IEnumerable<string> UnknownTokens() =>
        from token in commandLine.Tokens
        let name = token.TrimStart('-').Split('=')[0]
        where !parameters.Any(parameter => KebabCase.Same(parameter.Name, token))
        let isKnown = parameters.Any(parameter => KebabCase.Same(parameter.Name, name))
        select isKnown
            ? $"'--{name}=' is not how values are given; write '--{name} VALUE'."
            : $"There is no parameter '--{name}'.{NearestName.Hint($"--{name}", DashedNames)}";

    private IEnumerable<string> UnknownKeys(ParametersFile file) =>
        from key in file.Keys
        where !parameters.Any(parameter => KebabCase.Same(parameter.Name, key))
        select $"There is no parameter '{key}', which {file.Name} sets."
            + NearestName.Hint(key, parameters.Select(parameter => parameter.Name));

    private IEnumerable<string> DashedNames => parameters.Select(parameter => $"--{parameter.DashedName}");
}
