using System.Collections;
using System.Reflection;
using ContainerHost.Errors;

namespace ContainerHost.Targets.Input;

/// <summary>
/// What a build is called with, checked whole before anything runs, since NUKE ignores what it does not know: <c>Destroy --nmae lab2</c> would
/// destroy the default host, and a bare <c>--skip</c> would skip what was asked for.
/// </summary>
internal sealed class Call
{
    // What NUKE reads beside its parameters: its CI attributes start the build with the first (InvokeBuildServerConfigurationGeneration), shells
    // with the second.
    private static readonly string[] Answered = ["generate-configuration", "shell-completion"];
    private static readonly string[] Hidden = [.. Answered, "strict", "visual-studio-debug"];

    private readonly List<string> _problems = [];
    private readonly IReadOnlyList<BuildParameter> _parameters;
    private readonly List<string> _targets;
    private readonly Arguments _arguments;
    private readonly IReadOnlyList<GivenParameter> _files;

    public Call(Type build, string root, IEnumerable<string> words)
    {
        _arguments = new Arguments(words);
        _parameters = BuildParameter.Of(build);
        _targets = TargetsOf(build);
        _files = IsAnswered ? [] : ReadFiles(root);
    }

    /// <summary>True for --json by a file; the command line and the environment are asked elsewhere, before anything is printed.</summary>
    public bool FilesAskForJson => _files.Any(given => Same(given.Name, "Json") && given.Values is ["true"]);

    /// <summary>Where the engine takes the values of parameters from.</summary>
    public ParameterOrigins Origins => new(_arguments, _files);

    /// <summary>Every problem at once.</summary>
    /// <exception cref="InvalidInputException">There is one.</exception>
    public void Check()
    {
        if (IsAnswered)
            return;
        foreach (var given in _arguments.Parameters)
            Check(given, isFile: false);
        foreach (var given in _files)
            Check(given, isFile: true);
        foreach (
            var twice in _arguments.Parameters.GroupBy(given => Find(given.Name)).Where(group => group.Skip(1).Any())
        )
        {
            if (twice.Key is { } parameter)
                _problems.Add($"{parameter.Dashed} is given {twice.Count()} times; give it once.");
        }
        CheckTargets();
        CheckVariables();
        if (_problems.Count > 0)
            throw new InvalidInputException([.. _problems.Distinct()]);
    }

    // Help comes however broken all else is; a shell that completes words has not got them all yet.
    private bool IsAnswered =>
        _arguments.Parameters.Any(given =>
            Find(given.Name)?.Name == "Help" || Answered.Any(word => Same(given.Name, word))
        ) || _arguments.Targets is [[':', ..], ..];

    /// <summary>The names of a build's targets.</summary>
    public static List<string> TargetsOf(Type build) =>
        [
            .. build
                .GetInterfaces()
                .Prepend(build)
                .SelectMany(type =>
                    type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                )
                .Where(property => property.PropertyType == typeof(Target) && !property.Name.Contains('.'))
                .Select(property => property.Name)
                .Distinct(),
        ];

    private List<GivenParameter> ReadFiles(string root)
    {
        var folder = Path.Combine(root, ".nuke");
        var common = Path.Combine(folder, "parameters.json");
        var read = new List<GivenParameter>();
        if (File.Exists(common))
            read.AddRange(ParametersFile.Read(root, common, _problems));
        foreach (var profile in Given("Profile"))
        {
            var file = Path.Combine(folder, $"parameters.{profile}.json");
            if (File.Exists(file))
                read.AddRange(ParametersFile.Read(root, file, _problems));
            else
                _problems.Add($"There is no profile '{profile}': {Path.GetRelativePath(root, file)} does not exist.");
        }
        return read;
    }

    private void Check(GivenParameter given, bool isFile)
    {
        if (Find(given.Name) is not { } parameter)
        {
            if (isFile || !Hidden.Any(word => Same(given.Name, word)))
                _problems.Add(isFile ? UnknownKey(given) : Unknown(given));
        }
        // NUKE keeps secrets in files encrypted ("v1:"), and asks for their password; so a build's own may be there.
        else if (
            isFile
            && parameter.IsSecret
            && (parameter.IsOurs || given.Values.Any(value => !value.StartsWith("v1:", StringComparison.Ordinal)))
        )
            _problems.Add($"{given.Source} is a secret, which no file may hold; set it as NUKE_{Upper(parameter)}.");
        else if (parameter.IsSwitch && given.Values.Any(value => value.ToUpperInvariant() is not ("TRUE" or "FALSE")))
            _problems.Add(
                $"'{given.Values[^1]}' of {given.Source} is neither true nor false.{(isFile ? "" : " Targets stand before the first parameter.")}"
            );
        else if (given.Values.Count > 1 && !parameter.IsList)
            _problems.Add(
                $"{given.Source} takes one value{Shown(parameter, given)}. Targets stand before the first parameter."
            );
        else if (given.Values.Count == 0 && !parameter.MayBeBare)
            _problems.Add($"{given.Source} needs a value.");
    }

    // NUKE warns of a switch that it cannot read, and goes on without it.
    private void CheckVariables()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (
                variable is { Key: string name, Value: string { Length: > 0 } value }
                && value.ToUpperInvariant() is not ("TRUE" or "FALSE")
                && _parameters.Any(one => one.IsSwitch && (one.IsOurs || one.IsEngines) && one.IsVariable(name, "NUKE"))
            )
                _problems.Add($"'{value}' of the variable {name} is neither true nor false.");
        }
    }

    private void CheckTargets()
    {
        var skipped = Given("Skip");
        var named = _arguments.Targets.Concat(Given("Target")).SelectMany(word => word.Split('+')).ToList();
        // NUKE looks for those to skip by their whole names.
        foreach (
            var name in named
                .Where(name => !_targets.Exists(target => Same(target, name)))
                .Concat(skipped.Where(name => !_targets.Contains(name, StringComparer.OrdinalIgnoreCase)))
        )
            _problems.Add($"There is no target '{name}'.{NearestName.Hint(name, _targets)}");
        foreach (var both in named.Intersect(skipped, StringComparer.OrdinalIgnoreCase))
            _problems.Add($"Target '{both}' is asked for and to be skipped.");
        if (
            named.Count == 0
            && skipped.Count == 0
            && _arguments.Parameters.Any(given => Find(given.Name)?.Name == "Skip")
        )
            _problems.Add(
                "--skip without names skips every target that is not named. Name the one to run, as in 'Verify --skip'."
            );
    }

    // By command line, else by variable, as the engines take them.
    private List<string> Given(string name)
    {
        var given = _arguments.Parameters.FirstOrDefault(one => Same(one.Name, name))?.Values;
        given ??= Environment.GetEnvironmentVariable($"NUKE_{name.ToUpperInvariant()}") is { Length: > 0 } text
            ? [text]
            : [];
        return [.. given.SelectMany(one => one.Split('+'))];
    }

    private BuildParameter? Find(string written) => _parameters.FirstOrDefault(parameter => parameter.Is(written));

    private string Unknown(GivenParameter given)
    {
        var name = given.Name.Split('=')[0];
        return given.Name.Contains('=') && Find(name) is { } parameter
            ? $"'{name}=' is not how values are given; write '{parameter.Dashed} VALUE'."
            : $"There is no parameter '{name}'.{NearestName.Hint(name, _parameters.Select(one => one.Dashed))}";
    }

    private string UnknownKey(GivenParameter given) =>
        $"There is no parameter '{given.Name}', which stands as {given.Source}."
        + NearestName.Hint(given.Name, _parameters.Select(parameter => parameter.Name));

    private static string Shown(BuildParameter parameter, GivenParameter given) =>
        parameter.IsSecret ? "" : $", not '{string.Join(' ', given.Values)}'";

    private static string Upper(BuildParameter parameter) =>
        parameter.Dashed.TrimStart('-').Replace('-', '_').ToUpperInvariant();

    private static bool Same(string left, string right) =>
        left.Replace("-", "", StringComparison.Ordinal)
            .Equals(right.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
}
