using System.Reflection;

namespace Nuke.Common.ValueInjection;

/// <summary>The values of all parameters: the command line goes before the environment, that before the files.</summary>
internal sealed record ParameterValues(
    IReadOnlyList<ParameterMember> Parameters,
    CommandLine CommandLine,
    EnvironmentValues Environment,
    IReadOnlyList<ParametersFile> Files
)
{
    /// <summary>The names of the targets to run: by --target, else those that stand first, else what the environment or a file says, as in NUKE.</summary>
    public IReadOnlyList<string> Targets =>
        Names(
            CommandLine.All("Target").FirstOrDefault()?.Texts
                ?? (CommandLine.Targets.Count > 0 ? CommandLine.Targets : Find("Target")?.Texts ?? [])
        );

    /// <summary>The names of the targets to skip; an empty list for every dependency, null for none.</summary>
    public IReadOnlyList<string>? Skipped => Find("Skip") is { } raw ? Names(raw.Texts) : null;

    /// <summary>Everything given for a parameter, the strongest first.</summary>
    public IEnumerable<RawValue> All(ParameterMember parameter) =>
        CommandLine
            .All(parameter.Name)
            .Concat(Environment.All(parameter))
            .Concat(Files.Select(file => file.Find(parameter.Name)).OfType<RawValue>());

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
            Parameters.FirstOrDefault(parameter => parameter.Member == member)
            ?? throw new BuildDefinitionException($"'{member.DeclaringType?.Name}.{member.Name}' is no parameter.");
        return All(parameter).FirstOrDefault() is { } raw ? ValueReader.Read(parameter, raw) : null;
    }

    private ParameterMember? Named(string name) => Parameters.FirstOrDefault(parameter => parameter.Name == name);

    private static List<string> Names(IEnumerable<string> texts) =>
        [.. texts.SelectMany(text => text.Split('+', StringSplitOptions.RemoveEmptyEntries))];
}
